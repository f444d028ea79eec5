using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Dashboard.Storage.Migrations
{
    /// <inheritdoc />
    public partial class Jobs : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "job_log",
                columns: table => new
                {
                    Key = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    JobKey = table.Column<long>(type: "INTEGER", nullable: false),
                    WallTime = table.Column<double>(type: "REAL", nullable: false),
                    Message = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_job_log", x => x.Key);
                });

            migrationBuilder.CreateTable(
                name: "job_parts",
                columns: table => new
                {
                    JobKey = table.Column<long>(type: "INTEGER", nullable: false),
                    Number = table.Column<long>(type: "INTEGER", nullable: false),
                    Stage = table.Column<string>(type: "TEXT", nullable: false),
                    Index = table.Column<int>(type: "INTEGER", nullable: false),
                    Data = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_job_parts", x => new { x.JobKey, x.Number });
                });

            migrationBuilder.CreateTable(
                name: "job_results",
                columns: table => new
                {
                    JobKey = table.Column<long>(type: "INTEGER", nullable: false),
                    Data = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_job_results", x => x.JobKey);
                });

            migrationBuilder.CreateTable(
                name: "jobs",
                columns: table => new
                {
                    Key = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Id = table.Column<string>(type: "TEXT", nullable: false),
                    ProjectKey = table.Column<long>(type: "INTEGER", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    Spec = table.Column<string>(type: "TEXT", nullable: false),
                    Device = table.Column<string>(type: "TEXT", nullable: false),
                    Status = table.Column<int>(type: "INTEGER", nullable: false),
                    Progress = table.Column<double>(type: "REAL", nullable: false),
                    Message = table.Column<string>(type: "TEXT", nullable: true),
                    Backend = table.Column<string>(type: "TEXT", nullable: true),
                    Error = table.Column<string>(type: "TEXT", nullable: true),
                    ErrorCode = table.Column<string>(type: "TEXT", nullable: true),
                    Worker = table.Column<string>(type: "TEXT", nullable: true),
                    Deaths = table.Column<int>(type: "INTEGER", nullable: false),
                    Parts = table.Column<int>(type: "INTEGER", nullable: false),
                    Token = table.Column<long>(type: "INTEGER", nullable: false),
                    Created = table.Column<double>(type: "REAL", nullable: false),
                    Started = table.Column<double>(type: "REAL", nullable: true),
                    Finished = table.Column<double>(type: "REAL", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_jobs", x => x.Key);
                    table.ForeignKey(
                        name: "FK_jobs_projects_ProjectKey",
                        column: x => x.ProjectKey,
                        principalTable: "projects",
                        principalColumn: "Key",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_job_log_JobKey_Key",
                table: "job_log",
                columns: new[] { "JobKey", "Key" });

            migrationBuilder.CreateIndex(
                name: "IX_job_parts_JobKey_Stage_Index",
                table: "job_parts",
                columns: new[] { "JobKey", "Stage", "Index" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_jobs_Id",
                table: "jobs",
                column: "Id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_jobs_ProjectKey",
                table: "jobs",
                column: "ProjectKey");

            migrationBuilder.CreateIndex(
                name: "IX_jobs_Status_Key",
                table: "jobs",
                columns: new[] { "Status", "Key" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "job_log");

            migrationBuilder.DropTable(
                name: "job_parts");

            migrationBuilder.DropTable(
                name: "job_results");

            migrationBuilder.DropTable(
                name: "jobs");
        }
    }
}
