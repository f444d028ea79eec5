using Microsoft.EntityFrameworkCore;

namespace Dashboard.Storage;

/// <summary>The tables of who may do what. They name projects instead of pointing at them: a right may be given before the first run makes the project.</summary>
internal static class AccessModel
{
    public static void Create(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<AccountEntity>(account =>
        {
            account.ToTable("accounts").HasKey(a => a.Key);
            account.HasIndex(a => a.Id).IsUnique();
            account.HasIndex(a => a.NormalizedName).IsUnique();
        });
        modelBuilder.Entity<AccountLoginEntity>(login =>
        {
            login.ToTable("account_logins").HasKey(l => new { l.Provider, l.Subject });
            login.HasOne(l => l.Account).WithMany().HasForeignKey(l => l.AccountKey);
        });
        modelBuilder.Entity<MembershipEntity>(membership =>
        {
            membership.ToTable("memberships").HasKey(m => new { m.AccountKey, m.Project });
            membership.HasOne(m => m.Account).WithMany().HasForeignKey(m => m.AccountKey);
            membership.HasIndex(m => m.Project);
        });
        modelBuilder.Entity<InvitationEntity>(invitation =>
        {
            invitation.ToTable("invitations").HasKey(i => i.Key);
            invitation.HasIndex(i => i.Id).IsUnique();
            invitation.HasIndex(i => i.Hash).IsUnique();
        });
        modelBuilder.Entity<ApiKeyEntity>(key =>
        {
            key.ToTable("api_keys").HasKey(k => k.Key);
            key.HasOne(k => k.Account).WithMany().HasForeignKey(k => k.AccountKey);
            key.HasIndex(k => k.Id).IsUnique();
            key.HasIndex(k => k.Hash).IsUnique();
        });
        modelBuilder.Entity<ShareLinkEntity>(link =>
        {
            link.ToTable("share_links").HasKey(l => l.Key);
            link.HasIndex(l => l.Id).IsUnique();
            link.HasIndex(l => l.Hash).IsUnique();
            link.HasIndex(l => new { l.Project, l.Created });
        });
        modelBuilder.Entity<EndedSessionEntity>().ToTable("ended_sessions").HasKey(s => s.Id);
        modelBuilder.Entity<AuditEntity>(entry =>
        {
            entry.ToTable("audit").HasKey(a => a.Key);
            entry.HasIndex(a => new { a.Project, a.Key });
            entry.HasIndex(a => a.Time);
        });
    }
}
