using System.Diagnostics;
using System.Globalization;
using System.Text;
using VirtLatency.CpuIdle.Boot;

#pragma warning disable CA1416 // Hosts and tests run on Linux.

namespace VirtLatency.Tests.CpuIdle.Boot;

/// <summary>A file is the old one or the new one, whole, whenever the program dies.</summary>
public sealed class FileReplacementTests : IDisposable
{
    internal const string Variable = "VIRTLATENCY_TEST_REPLACE";
    private const int PieceSize = 16;
    private static readonly byte[] Old = Encoding.ASCII.GetBytes("GRUB_TIMEOUT=5\nGRUB_CMDLINE_LINUX=\"ro quiet\"\n");
    private static readonly byte[] New = Encoding.ASCII.GetBytes("GRUB_TIMEOUT=5\nGRUB_CMDLINE_LINUX=\"ro quiet intel_idle.states_off=8\"\n");
    private readonly TemporaryFolder _folder = new();

    private string Target => Path.Combine(_folder.Path, "grub");

    public void Dispose() => _folder.Dispose();

    /// <summary>Steps of one replacement in pieces of 16 bytes: 3 writes of the backup, 5 of the new content.</summary>
    [Fact]
    public void Killed_before_every_step_the_file_is_whole()
    {
        var steps = new List<string>();
        File.WriteAllBytes(Target, Old);
        FileReplacement.Replace(Target, Old, New, steps.Add, PieceSize);
        string[] written = ["create", "write", "write", "write", "owner", "sync", "create", "write", "write", "write", "write", "write", "owner", "sync", "rename", "sync folder"];
        Assert.Equal(written, steps);

        for (int at = 0; at < steps.Count; at++)
        {
            foreach (string file in Directory.EnumerateFiles(_folder.Path))
            {
                File.Delete(file);
            }

            File.WriteAllBytes(Target, Old);
            Assert.Equal(137, RunKilledAt(at));
            Assert.Equal(at <= steps.IndexOf("rename") ? Old : New, File.ReadAllBytes(Target));

            // What is left behind does not hinder the next run.
            FileReplacement.Replace(Target, File.ReadAllBytes(Target), New);
            Assert.Equal(New, File.ReadAllBytes(Target));
        }
    }

    [Fact]
    public void A_failing_step_leaves_the_old_file_and_nothing_else()
    {
        File.WriteAllBytes(Target, Old);

        foreach (string failing in (string[])["create", "write", "owner", "sync", "rename"])
        {
            void Fail(string step)
            {
                if (step == failing)
                {
                    throw new IOException("No space left on device");
                }
            }

            Assert.Throws<IOException>(() => FileReplacement.Replace(Target, Old, New, Fail));
            Assert.Equal(Old, File.ReadAllBytes(Target));
            Assert.Single(Directory.EnumerateFiles(_folder.Path));
        }
    }

    [Fact]
    public void Mode_stays_and_the_backup_has_it_too()
    {
        File.WriteAllBytes(Target, Old);
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
        File.SetUnixFileMode(Target, Mode);

        string backup = FileReplacement.Replace(Target, Old, New);

        Assert.Equal((Mode, Mode), (File.GetUnixFileMode(Target), File.GetUnixFileMode(backup)));
        Assert.Equal(Old, File.ReadAllBytes(backup));
        Assert.EndsWith(".bak", backup, StringComparison.Ordinal);
        Assert.Equal(2, Directory.EnumerateFiles(_folder.Path).Count());
    }

    [Fact]
    public void A_file_that_changed_meanwhile_is_left()
    {
        byte[] theirs = Encoding.ASCII.GetBytes("somebody else's\n");
        File.WriteAllBytes(Target, theirs);

        var e = Assert.Throws<BootFileException>(() => FileReplacement.Replace(Target, Old, New));

        Assert.Equal(BootFileProblem.Changed, e.Problem);
        Assert.Equal(theirs, File.ReadAllBytes(Target));
        Assert.Single(Directory.EnumerateFiles(_folder.Path));
    }

    /// <summary>Between the choice of a name and its creation another session took it: its backup is not ours to delete.</summary>
    [Fact]
    public void Another_sessions_backup_stays()
    {
        byte[] theirs = Encoding.ASCII.GetBytes("their backup\n");
        File.WriteAllBytes(Target, Old);
        string[] taken = [];
        void Take(string step)
        {
            if (step == "create" && taken.Length == 0)
            {
                taken = [.. Enumerable.Range(0, 60).Select(second => string.Create(CultureInfo.InvariantCulture, $"{Target}.{DateTime.UtcNow.AddSeconds(second - 30):yyyyMMdd'T'HHmmss'Z'}.bak")).Distinct()];
                Array.ForEach(taken, path => File.WriteAllBytes(path, theirs));
            }
        }

        string backup = FileReplacement.Replace(Target, Old, New, Take);

        Assert.DoesNotContain(backup, taken);
        Assert.Equal(Old, File.ReadAllBytes(backup));
        Assert.Equal(New, File.ReadAllBytes(Target));
        Assert.All(taken, path => Assert.Equal(theirs, File.ReadAllBytes(path)));
    }

    [Fact]
    public void Of_a_failed_backup_nothing_stays_but_what_others_made()
    {
        File.WriteAllBytes(Target, Old);
        File.WriteAllText(Target + ".20200101T000000Z.bak", "theirs");

        Assert.Throws<IOException>(() => FileReplacement.Replace(Target, Old, New, step => _ = step == "write" ? throw new IOException("No space left on device") : 0));

        Assert.Equal([Target, Target + ".20200101T000000Z.bak"], Directory.EnumerateFiles(_folder.Path).Order(StringComparer.Ordinal));
    }

    /// <summary>The new content is in place: to say that nothing was changed would be false.</summary>
    [Fact]
    public void A_folder_that_cannot_be_synced_is_said_with_the_backup()
    {
        File.WriteAllBytes(Target, Old);

        var e = Assert.Throws<BootFileException>(() => FileReplacement.Replace(Target, Old, New, step => _ = step == "sync folder" ? throw new IOException("Input/output error") : 0));

        Assert.Equal(BootFileProblem.NotSynced, e.Problem);
        Assert.Equal(New, File.ReadAllBytes(Target));
        Assert.Contains(Assert.Single(Directory.EnumerateFiles(_folder.Path, "*.bak")), e.Message, StringComparison.Ordinal);
    }

    /// <summary>What the child does: see StartupHook.</summary>
    internal static void Child(string request)
    {
        string[] parts = request.Split('|');
        int left = int.Parse(parts[1], CultureInfo.InvariantCulture);
        FileReplacement.Replace(parts[0], Old, New, _ => KillWhen(left-- == 0), PieceSize);
    }

    private static void KillWhen(bool isTime)
    {
        if (isTime)
        {
            using var self = Process.GetCurrentProcess();
            self.Kill();
            Thread.Sleep(Timeout.Infinite);
        }
    }

    private int RunKilledAt(int step)
    {
        string assembly = typeof(FileReplacementTests).Assembly.Location;
        var start = new ProcessStartInfo("dotnet", ["exec", assembly]) { UseShellExecute = false };
        start.Environment["DOTNET_STARTUP_HOOKS"] = assembly;
        start.Environment[Variable] = FormattableString.Invariant($"{Target}|{step}");
        using Process child = Process.Start(start)!;
        child.WaitForExit();
        return child.ExitCode;
    }
}
