using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Dashboard.Storage.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Three tables are written out: rows that are walked in key order belong in the key's own tree (WITHOUT ROWID), which EF cannot say.
            migrationBuilder.CreateTable(
                name: "artifacts",
                columns: table => new
                {
                    Key = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Id = table.Column<string>(type: "TEXT", nullable: false),
                    RunKey = table.Column<long>(type: "INTEGER", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    Type = table.Column<string>(type: "TEXT", nullable: false),
                    Step = table.Column<long>(type: "INTEGER", nullable: true),
                    Size = table.Column<long>(type: "INTEGER", nullable: false),
                    Sha256 = table.Column<string>(type: "TEXT", nullable: false),
                    Created = table.Column<double>(type: "REAL", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_artifacts", x => x.Key);
                });

            migrationBuilder.CreateTable(
                name: "chunk_data",
                columns: table => new
                {
                    Key = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Fine = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Points = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_chunk_data", x => x.Key);
                });

            migrationBuilder.Sql(
                """
                CREATE TABLE "chunks" (
                    "SeriesKey" INTEGER NOT NULL, "FirstIndex" INTEGER NOT NULL, "Count" INTEGER NOT NULL, "MinStep" INTEGER NOT NULL, "MaxStep" INTEGER NOT NULL,
                    "Entry" BLOB NOT NULL, "DataKey" INTEGER NOT NULL, CONSTRAINT "PK_chunks" PRIMARY KEY ("SeriesKey", "FirstIndex")
                ) WITHOUT ROWID
                """);

            migrationBuilder.Sql(
                """
                CREATE TABLE "coarse_levels" (
                    "SeriesKey" INTEGER NOT NULL, "FirstIndex" INTEGER NOT NULL, "Entry" BLOB NOT NULL,
                    CONSTRAINT "PK_coarse_levels" PRIMARY KEY ("SeriesKey", "FirstIndex")
                ) WITHOUT ROWID
                """);

            migrationBuilder.Sql(
                """
                CREATE TABLE "idempotency" (
                    "RunKey" INTEGER NOT NULL, "IdempotencyKey" TEXT NOT NULL, "BodyHash" BLOB NOT NULL, "Accepted" INTEGER NOT NULL, "Duplicates" INTEGER NOT NULL,
                    "Seq" INTEGER NOT NULL, CONSTRAINT "PK_idempotency" PRIMARY KEY ("RunKey", "IdempotencyKey")
                ) WITHOUT ROWID
                """);

            migrationBuilder.CreateTable(
                name: "inbox",
                columns: table => new
                {
                    Seq = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Data = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_inbox", x => x.Seq);
                });

            migrationBuilder.CreateTable(
                name: "projects",
                columns: table => new
                {
                    Key = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    Created = table.Column<double>(type: "REAL", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_projects", x => x.Key);
                });

            migrationBuilder.CreateTable(
                name: "records",
                columns: table => new
                {
                    SeriesKey = table.Column<long>(type: "INTEGER", nullable: false),
                    Index = table.Column<long>(type: "INTEGER", nullable: false),
                    Step = table.Column<long>(type: "INTEGER", nullable: false),
                    WallTime = table.Column<double>(type: "REAL", nullable: false),
                    Crc = table.Column<long>(type: "INTEGER", nullable: false),
                    Payload = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_records", x => new { x.SeriesKey, x.Index });
                });

            migrationBuilder.CreateTable(
                name: "series",
                columns: table => new
                {
                    Key = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    RunKey = table.Column<long>(type: "INTEGER", nullable: false),
                    Tag = table.Column<string>(type: "TEXT", nullable: false),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    Count = table.Column<long>(type: "INTEGER", nullable: false),
                    FirstStep = table.Column<long>(type: "INTEGER", nullable: false),
                    LastStep = table.Column<long>(type: "INTEGER", nullable: false),
                    LastBits = table.Column<long>(type: "INTEGER", nullable: false),
                    MinBefore = table.Column<double>(type: "REAL", nullable: true),
                    MaxBefore = table.Column<double>(type: "REAL", nullable: true),
                    SealedSeq = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_series", x => x.Key);
                });

            migrationBuilder.CreateTable(
                name: "runs",
                columns: table => new
                {
                    Key = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Id = table.Column<string>(type: "TEXT", nullable: false),
                    ProjectKey = table.Column<long>(type: "INTEGER", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    Group = table.Column<string>(type: "TEXT", nullable: true),
                    Parent = table.Column<string>(type: "TEXT", nullable: true),
                    Status = table.Column<int>(type: "INTEGER", nullable: false),
                    Config = table.Column<string>(type: "TEXT", nullable: false),
                    Tags = table.Column<string>(type: "TEXT", nullable: false),
                    Notes = table.Column<string>(type: "TEXT", nullable: false),
                    Created = table.Column<double>(type: "REAL", nullable: false),
                    Updated = table.Column<double>(type: "REAL", nullable: false),
                    Trashed = table.Column<double>(type: "REAL", nullable: true),
                    Removed = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_runs", x => x.Key);
                    table.ForeignKey(
                        name: "FK_runs_projects_ProjectKey",
                        column: x => x.ProjectKey,
                        principalTable: "projects",
                        principalColumn: "Key",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_artifacts_Id",
                table: "artifacts",
                column: "Id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_artifacts_RunKey_Name",
                table: "artifacts",
                columns: new[] { "RunKey", "Name" });

            migrationBuilder.CreateIndex(
                name: "IX_artifacts_Sha256",
                table: "artifacts",
                column: "Sha256");

            migrationBuilder.CreateIndex(
                name: "IX_projects_Name",
                table: "projects",
                column: "Name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_records_SeriesKey_Step",
                table: "records",
                columns: new[] { "SeriesKey", "Step" });

            migrationBuilder.CreateIndex(
                name: "IX_runs_Id",
                table: "runs",
                column: "Id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_runs_ProjectKey_Created",
                table: "runs",
                columns: new[] { "ProjectKey", "Created" });

            migrationBuilder.CreateIndex(
                name: "IX_runs_ProjectKey_Name",
                table: "runs",
                columns: new[] { "ProjectKey", "Name" },
                unique: true,
                filter: "\"Removed\" = 0");

            migrationBuilder.CreateIndex(
                name: "IX_runs_Removed",
                table: "runs",
                column: "Removed",
                filter: "\"Removed\" = 1");

            migrationBuilder.CreateIndex(
                name: "IX_series_RunKey_Kind_Tag",
                table: "series",
                columns: new[] { "RunKey", "Kind", "Tag" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "artifacts");

            migrationBuilder.DropTable(
                name: "chunk_data");

            migrationBuilder.DropTable(
                name: "chunks");

            migrationBuilder.DropTable(
                name: "coarse_levels");

            migrationBuilder.DropTable(
                name: "idempotency");

            migrationBuilder.DropTable(
                name: "inbox");

            migrationBuilder.DropTable(
                name: "records");

            migrationBuilder.DropTable(
                name: "runs");

            migrationBuilder.DropTable(
                name: "series");

            migrationBuilder.DropTable(
                name: "projects");
        }
    }
}
