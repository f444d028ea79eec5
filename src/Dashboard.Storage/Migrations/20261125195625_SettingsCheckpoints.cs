using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Dashboard.Storage.Migrations
{
    /// <inheritdoc />
    public partial class SettingsCheckpoints : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "Kept",
                table: "artifacts",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "Metric",
                table: "artifacts",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "MetricGoal",
                table: "artifacts",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<double>(
                name: "MetricValue",
                table: "artifacts",
                type: "REAL",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Reason",
                table: "artifacts",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "settings",
                columns: table => new
                {
                    Key = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    ProjectKey = table.Column<long>(type: "INTEGER", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    Body = table.Column<string>(type: "TEXT", nullable: false),
                    Revision = table.Column<long>(type: "INTEGER", nullable: false),
                    Updated = table.Column<double>(type: "REAL", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_settings", x => x.Key);
                    table.ForeignKey(
                        name: "FK_settings_projects_ProjectKey",
                        column: x => x.ProjectKey,
                        principalTable: "projects",
                        principalColumn: "Key",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_settings_ProjectKey_Name",
                table: "settings",
                columns: new[] { "ProjectKey", "Name" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "settings");

            migrationBuilder.DropColumn(
                name: "Kept",
                table: "artifacts");

            migrationBuilder.DropColumn(
                name: "Metric",
                table: "artifacts");

            migrationBuilder.DropColumn(
                name: "MetricGoal",
                table: "artifacts");

            migrationBuilder.DropColumn(
                name: "MetricValue",
                table: "artifacts");

            migrationBuilder.DropColumn(
                name: "Reason",
                table: "artifacts");
        }
    }
}
