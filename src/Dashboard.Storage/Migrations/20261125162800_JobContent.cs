using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Dashboard.Storage.Migrations
{
    /// <inheritdoc />
    public partial class JobContent : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_jobs_ProjectKey",
                table: "jobs");

            migrationBuilder.AddColumn<string>(
                name: "Content",
                table: "jobs",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_jobs_ProjectKey_Content",
                table: "jobs",
                columns: new[] { "ProjectKey", "Content" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_jobs_ProjectKey_Content",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "Content",
                table: "jobs");

            migrationBuilder.CreateIndex(
                name: "IX_jobs_ProjectKey",
                table: "jobs",
                column: "ProjectKey");
        }
    }
}
