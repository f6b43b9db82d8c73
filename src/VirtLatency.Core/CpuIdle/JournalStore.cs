using System.Globalization;

#pragma warning disable CA1416 // Hosts and operators run Linux.

namespace VirtLatency.CpuIdle;

/// <summary>Journals of limits in a private folder (0700), one file each (0600).</summary>
public sealed class JournalStore
{
    private const string Extension = ".json";
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly string _folder;
    private readonly string? _file;
    private readonly bool _isOwn;
    private bool _isMade;

    /// <summary>A store.</summary>
    /// <param name="path">A folder, or the one file to write and read; null for the folder of this user.</param>
    public JournalStore(string? path = null)
        : this(path ?? DefaultFolder, isOwn: path is null)
    {
    }

    private JournalStore(string path, bool isOwn)
    {
        _isOwn = isOwn;
        bool isFile = !isOwn && !Directory.Exists(path) && (File.Exists(path) || path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase));
        _folder = isFile ? Path.GetDirectoryName(Path.GetFullPath(path))! : path;
        _file = isFile ? Path.GetFullPath(path) : null;
    }

    /// <summary>/var/lib/virtlatency for root, else virtlatency in the user's state folder.</summary>
    public static string DefaultFolder
    {
        get
        {
            if (Environment.IsPrivilegedProcess)
            {
                return "/var/lib/virtlatency";
            }

            string? state = Environment.GetEnvironmentVariable("XDG_STATE_HOME");
            return Path.Combine(Path.IsPathRooted(state) ? state! : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state"), "virtlatency");
        }
    }

    /// <summary>The store that a user gets without naming a place, in a folder of the tests' choice.</summary>
    internal static JournalStore OwnIn(string folder) => new(folder, isOwn: true);

    /// <summary>True where the store is one file, which takes the journal of one host.</summary>
    public bool IsFile => _file is not null;

    /// <summary>Puts a journal on disk, whole and flushed.</summary>
    /// <param name="journal">The journal.</param>
    /// <returns>The file's path.</returns>
    /// <exception cref="LimitException">It cannot be written.</exception>
    public string Write(LimitJournal journal)
    {
        string path = _file ?? Path.Combine(_folder, JournalFile.NameOf(journal));
        try
        {
            MakeFolder();
            if (File.Exists(path))
            {
                throw new IOException($"'{path}' exists already; an older change could not be undone without it");
            }

            JournalFile.Write(path, journal);
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LimitException(LimitProblem.JournalNotWritten, journal.HostName, $"The journal '{path}' cannot be written ({e.Message}), so nothing was changed on {journal.HostName}. Make room or choose another place with -JournalPath.", e);
        }
    }

    /// <summary>Takes a journal away whose change was put back as a whole.</summary>
    /// <param name="path">The file.</param>
    public static void Remove(string path)
    {
        try
        {
            File.Delete(path);
            DurableFile.FlushFolder(Path.GetDirectoryName(path)!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It stays, and restoring it finds every value as it was.
        }
    }

    /// <summary>Marks a change as taken back, so that the one before it is the next.</summary>
    /// <param name="path">Its journal's file.</param>
    /// <param name="changeId">The change that the journal must be of.</param>
    /// <returns>False where it is not there, not of that change, or cannot be written.</returns>
    public static bool MarkUsed(string path, string changeId)
    {
        try
        {
            if (Find(path, changeId) is not { } journal)
            {
                return false;
            }

            if (journal.Used is null)
            {
                JournalFile.Write(path, journal with { Used = DateTime.UtcNow });
            }

            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The journal of a change, where it is still there.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="changeId">The change.</param>
    /// <returns>Null where it is not there, cannot be read or trusted, or is of another change.</returns>
    public static LimitJournal? Find(string path, string changeId)
    {
        try
        {
            return JournalFile.Read(path) is var journal && journal.ChangeId == changeId ? journal : null;
        }
        catch (LimitException)
        {
            return null;
        }
    }

    /// <summary>Takes the folder away that <see cref="Write"/> made for a journal that is gone again.</summary>
    public void RemoveEmptyFolder()
    {
        try
        {
            if (_isMade && !Directory.EnumerateFileSystemEntries(_folder).Any())
            {
                Directory.Delete(_folder);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // An empty folder is no harm.
        }
    }

    /// <summary>Journals, newest first.</summary>
    /// <param name="damaged">Is told of each journal that cannot be read or trusted; files that are no journals are left out.</param>
    /// <returns>Each with its path.</returns>
    /// <exception cref="LimitException">The store is one file, which cannot be read or trusted.</exception>
    public IEnumerable<(string Path, LimitJournal Journal)> List(Action<LimitException>? damaged = null)
    {
        if (_file is not null)
        {
            return [(_file, Read(_file))];
        }

        (IReadOnlyList<(string Path, LimitJournal Journal)> journals, IReadOnlyList<DamagedJournal> others) = ReadFolder();
        foreach (DamagedJournal other in others)
        {
            damaged?.Invoke(other.Reason);
        }

        return journals;
    }

    /// <summary>The journal of a host that Restore-CStateLimit takes: the newest whose change was not taken back yet, else the newest.</summary>
    /// <param name="hostName">The host.</param>
    /// <returns>The journal with its path.</returns>
    /// <exception cref="LimitException">There is none, or a newer one cannot be read or trusted.</exception>
    public (string Path, LimitJournal Journal) Newest(string hostName)
    {
        (IReadOnlyList<(string Path, LimitJournal Journal)> journals, IReadOnlyList<DamagedJournal> damaged) = ReadFolder();
        (string Path, LimitJournal Journal)[] own = [.. journals.Where(item => IsSame(item.Journal.HostName, hostName))];
        (string Path, LimitJournal Journal)? found = own.Where(item => item.Journal.Used is null).Concat(own).Cast<(string, LimitJournal)?>().FirstOrDefault();

        // An older change must not be taken back in the place of one that cannot be read.
        if (damaged.FirstOrDefault(other => (other.HostName is null || IsSame(other.HostName, hostName)) && !(other.Written < found?.Journal.Created)) is { } newer)
        {
            throw new LimitException(
                newer.Reason.Problem, hostName, $"{newer.Reason.Message} It may be the newest of {hostName}, so no other was taken. -JournalPath with a file takes that one back.", newer.Reason);
        }

        return found ?? throw new LimitException(
            LimitProblem.JournalNotFound,
            hostName,
            $"'{_file ?? _folder}' holds no journal of {hostName}. Journals are kept by the user and on the machine that ran Set-CStateLimit, under the name that was given to -HostName: "
                + "Restore-CStateLimit -ListAvailable shows what is here; -JournalPath names another place.");
    }

    /// <summary>Changes of a host that were made later than another and still stand.</summary>
    /// <param name="path">A journal's file, or a folder with journals.</param>
    /// <param name="hostName">The host.</param>
    /// <param name="changeId">The other change.</param>
    /// <param name="bootId">The boot in which it was made; null where unknown.</param>
    /// <param name="created">When it was made (UTC).</param>
    /// <returns>Newest first.</returns>
    public static IReadOnlyList<LimitJournal> Later(string path, string hostName, string changeId, string? bootId, DateTime created)
    {
        if (Path.GetDirectoryName(path) is not { Length: > 0 } folder)
        {
            return [];
        }

        try
        {
            var store = new JournalStore(Directory.Exists(path) ? path : folder);
            return [.. store.ReadFolder().Journals.Select(item => item.Journal).Where(journal => journal.Used is null && journal.Created > created && journal.ChangeId != changeId
                && (bootId is not null && journal.BootId is not null ? journal.BootId == bootId : IsSame(journal.HostName, hostName)))];
        }
        catch (LimitException)
        {
            // A folder of another machine, or of another user, tells nothing here.
            return [];
        }
    }

    /// <summary>Reads a journal.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The journal.</returns>
    /// <exception cref="LimitException">It is not there, cannot be understood, or others could have written it.</exception>
    public static LimitJournal Read(string path) => JournalFile.Read(path);

    private static bool IsSame(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);

    private (IReadOnlyList<(string Path, LimitJournal Journal)> Journals, IReadOnlyList<DamagedJournal> Damaged) ReadFolder()
    {
        var found = new List<(string Path, LimitJournal Journal)>();
        var damaged = new List<DamagedJournal>();
        foreach (string path in Paths())
        {
            try
            {
                found.Add((path, Read(path)));
            }
            catch (LimitException e) when (e.Problem != LimitProblem.JournalNotFound)
            {
                if (DamagedJournal.Of(path, e) is { } journal)
                {
                    damaged.Add(journal);
                }
            }
            catch (LimitException)
            {
                // It was taken away meanwhile.
            }
        }

        return ([.. found.OrderByDescending(item => item.Journal.Created).ThenByDescending(item => item.Path, StringComparer.Ordinal)], damaged);
    }

    private IReadOnlyList<string> Paths()
    {
        try
        {
            return _file is not null ? [_file]
                : Directory.Exists(_folder) ? [.. Directory.EnumerateFiles(_folder, "*" + Extension).Where(path => Path.GetFileName(path)[0] != '.')]
                : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LimitException(LimitProblem.JournalInvalid, string.Empty, $"The journals in '{_folder}' cannot be read: {e.Message}", e);
        }
    }

    private void MakeFolder()
    {
        if (_isOwn && new DirectoryInfo(_folder).LinkTarget is { } target)
        {
            throw new IOException($"'{_folder}' is a link to '{target}', where others may write; remove it");
        }

        if (!Directory.Exists(_folder))
        {
            DurableFile.MakeFolder(_folder, Private);
            _isMade = true;
        }
        else if (_isOwn && File.GetUnixFileMode(_folder) != Private)
        {
            File.SetUnixFileMode(_folder, Private);
        }
    }
}
