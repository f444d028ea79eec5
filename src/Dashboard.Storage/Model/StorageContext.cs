using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dashboard.Storage;

/// <summary>The schema. Points and inbox rows are written and read by prepared statements over the same tables; everything else goes through here.</summary>
internal sealed class StorageContext(DbContextOptions<StorageContext> options) : DbContext(options)
{
    public DbSet<ProjectEntity> Projects => Set<ProjectEntity>();
    public DbSet<RunEntity> Runs => Set<RunEntity>();
    public DbSet<SeriesEntity> Series => Set<SeriesEntity>();
    public DbSet<ViewEntity> Views => Set<ViewEntity>();
    public DbSet<SettingEntity> Settings => Set<SettingEntity>();
    public DbSet<ArtifactEntity> Artifacts => Set<ArtifactEntity>();
    public DbSet<JobEntity> Jobs => Set<JobEntity>();
    public DbSet<JobPartEntity> JobParts => Set<JobPartEntity>();
    public DbSet<JobLogEntity> JobLog => Set<JobLogEntity>();
    public DbSet<JobResultEntity> JobResults => Set<JobResultEntity>();
    public DbSet<AlertEntity> Alerts => Set<AlertEntity>();
    public DbSet<AlertMarkEntity> AlertMarks => Set<AlertMarkEntity>();
    public DbSet<AccountEntity> Accounts => Set<AccountEntity>();
    public DbSet<AccountLoginEntity> AccountLogins => Set<AccountLoginEntity>();
    public DbSet<MembershipEntity> Memberships => Set<MembershipEntity>();
    public DbSet<InvitationEntity> Invitations => Set<InvitationEntity>();
    public DbSet<ApiKeyEntity> ApiKeys => Set<ApiKeyEntity>();
    public DbSet<ShareLinkEntity> ShareLinks => Set<ShareLinkEntity>();
    public DbSet<EndedSessionEntity> EndedSessions => Set<EndedSessionEntity>();
    public DbSet<AuditEntity> Audit => Set<AuditEntity>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<ProjectEntity>(project =>
        {
            project.ToTable("projects").HasKey(p => p.Key);
            project.HasIndex(p => p.Name).IsUnique();
        });
        modelBuilder.Entity<RunEntity>(run =>
        {
            run.ToTable("runs").HasKey(r => r.Key);
            Autoincrement(run.Property(r => r.Key));
            run.HasOne(r => r.Project).WithMany().HasForeignKey(r => r.ProjectKey);
            run.Property(r => r.Id).IsRequired();
            run.HasIndex(r => r.Id).IsUnique();
            // A removed run keeps its row until its data is gone, and must not stand in the way of a new run of the same name.
            run.HasIndex(r => new { r.ProjectKey, r.Name }).IsUnique().HasFilter("\"Removed\" = 0");
            run.HasIndex(r => new { r.ProjectKey, r.Created });
            run.HasIndex(r => r.Removed).HasFilter("\"Removed\" = 1");
        });
        modelBuilder.Entity<ViewEntity>(view =>
        {
            view.ToTable("views").HasKey(v => v.Key);
            view.HasOne(v => v.Project).WithMany().HasForeignKey(v => v.ProjectKey);
            view.Property(v => v.Id).IsRequired();
            view.HasIndex(v => v.Id).IsUnique();
            view.HasIndex(v => new { v.ProjectKey, v.Kind, v.Updated });
        });
        modelBuilder.Entity<SettingEntity>(setting =>
        {
            setting.ToTable("settings").HasKey(s => s.Key);
            setting.HasOne(s => s.Project).WithMany().HasForeignKey(s => s.ProjectKey);
            setting.HasIndex(s => new { s.ProjectKey, s.Name }).IsUnique();
        });
        modelBuilder.Entity<SeriesEntity>(series =>
        {
            series.ToTable("series").HasKey(s => s.Key);
            Autoincrement(series.Property(s => s.Key));
            series.HasIndex(s => new { s.RunKey, s.Kind, s.Tag }).IsUnique();
        });
        modelBuilder.Entity<ChunkEntity>().ToTable("chunks").HasKey(c => new { c.SeriesKey, c.FirstIndex });
        modelBuilder.Entity<ChunkDataEntity>().ToTable("chunk_data").HasKey(c => c.Key);
        modelBuilder.Entity<CoarseEntity>().ToTable("coarse_levels").HasKey(c => new { c.SeriesKey, c.FirstIndex });
        modelBuilder.Entity<RecordEntity>(record =>
        {
            record.ToTable("records").HasKey(r => new { r.SeriesKey, r.Index });
            record.HasIndex(r => new { r.SeriesKey, r.Step });
        });
        modelBuilder.Entity<InboxEntity>(inbox =>
        {
            inbox.ToTable("inbox").HasKey(i => i.Seq);
            Autoincrement(inbox.Property(i => i.Seq));
        });
        modelBuilder.Entity<IdempotencyEntity>().ToTable("idempotency").HasKey(i => new { i.RunKey, i.IdempotencyKey });
        modelBuilder.Entity<JobEntity>(job =>
        {
            job.ToTable("jobs").HasKey(j => j.Key);
            Autoincrement(job.Property(j => j.Key));
            job.HasOne(j => j.Project).WithMany().HasForeignKey(j => j.ProjectKey);
            job.Property(j => j.Id).IsRequired();
            job.HasIndex(j => j.Id).IsUnique();
            job.HasIndex(j => new { j.Status, j.Key });
            job.HasIndex(j => new { j.ProjectKey, j.Content });
        });
        modelBuilder.Entity<JobPartEntity>(part =>
        {
            part.ToTable("job_parts").HasKey(p => new { p.JobKey, p.Number });
            part.HasIndex(p => new { p.JobKey, p.Stage, p.Index }).IsUnique();
        });
        modelBuilder.Entity<JobLogEntity>(line =>
        {
            line.ToTable("job_log").HasKey(l => l.Key);
            line.HasIndex(l => new { l.JobKey, l.Key });
        });
        modelBuilder.Entity<JobResultEntity>(result =>
        {
            result.ToTable("job_results").HasKey(r => r.JobKey);
            result.Property(r => r.JobKey).ValueGeneratedNever();
        });
        modelBuilder.Entity<AlertEntity>(alert =>
        {
            alert.ToTable("alerts").HasKey(a => a.Key);
            alert.HasIndex(a => a.Id).IsUnique();
            alert.HasIndex(a => new { a.Status, a.Next });
            alert.HasIndex(a => new { a.ProjectKey, a.Key });
            alert.HasIndex(a => a.RunKey);
        });
        modelBuilder.Entity<AlertMarkEntity>().ToTable("alert_marks").HasKey(m => new { m.RunKey, m.Channel, m.Code, m.Tag });
        modelBuilder.Entity<ArtifactEntity>(artifact =>
        {
            artifact.ToTable("artifacts").HasKey(a => a.Key);
            artifact.Property(a => a.Id).IsRequired();
            artifact.HasIndex(a => a.Id).IsUnique();
            artifact.HasIndex(a => new { a.RunKey, a.Name });
            artifact.HasIndex(a => a.Sha256);
        });
        AccessModel.Create(modelBuilder);
    }

    // Keys that must never be used twice: an inbox row may outlive the series it names.
    private static void Autoincrement(PropertyBuilder<long> key) => key.ValueGeneratedOnAdd().HasAnnotation("Sqlite:Autoincrement", true);
}
