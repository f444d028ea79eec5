using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Dashboard.Storage.Migrations
{
    /// <inheritdoc />
    public partial class Alerts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "alert_marks",
                columns: table => new
                {
                    RunKey = table.Column<long>(type: "INTEGER", nullable: false),
                    Channel = table.Column<string>(type: "TEXT", nullable: false),
                    Code = table.Column<string>(type: "TEXT", nullable: false),
                    Tag = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_alert_marks", x => new { x.RunKey, x.Channel, x.Code, x.Tag });
                });

            migrationBuilder.CreateTable(
                name: "alerts",
                columns: table => new
                {
                    Key = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Id = table.Column<string>(type: "TEXT", nullable: true),
                    ProjectKey = table.Column<long>(type: "INTEGER", nullable: false),
                    RunKey = table.Column<long>(type: "INTEGER", nullable: false),
                    Channel = table.Column<string>(type: "TEXT", nullable: false),
                    Body = table.Column<string>(type: "TEXT", nullable: false),
                    Status = table.Column<int>(type: "INTEGER", nullable: false),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    Created = table.Column<double>(type: "REAL", nullable: false),
                    Next = table.Column<double>(type: "REAL", nullable: true),
                    Ended = table.Column<double>(type: "REAL", nullable: true),
                    Error = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_alerts", x => x.Key);
                });

            migrationBuilder.CreateIndex(
                name: "IX_alerts_Id",
                table: "alerts",
                column: "Id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_alerts_ProjectKey_Key",
                table: "alerts",
                columns: new[] { "ProjectKey", "Key" });

            migrationBuilder.CreateIndex(
                name: "IX_alerts_RunKey",
                table: "alerts",
                column: "RunKey");

            migrationBuilder.CreateIndex(
                name: "IX_alerts_Status_Next",
                table: "alerts",
                columns: new[] { "Status", "Next" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "alert_marks");

            migrationBuilder.DropTable(
                name: "alerts");
        }
    }
}
