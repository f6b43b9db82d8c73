using System.Globalization;
using System.Text.Json;

#pragma warning disable CA1416 // Hosts and operators run Linux.

namespace VirtLatency.CpuIdle;

/// <summary>Journals of limits in a private folder (0700), one file each (0600).</summary>
public sealed class JournalStore
{
    private const string Extension = ".json";
    private const int MostBytes = 64 * 1024 * 1024;
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private readonly string _folder;
    private readonly string? _file;
    private readonly bool _isOwn;

    /// <summary>A store.</summary>
    /// <param name="path">A folder, or the one file to write and read; null for the folder of this user.</param>
    public JournalStore(string? path = null)
    {
        _isOwn = path is null;
        bool isFile = path is not null && !Directory.Exists(path) && (File.Exists(path) || path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase));
        _folder = isFile ? Path.GetDirectoryName(Path.GetFullPath(path!))! : path ?? DefaultFolder;
        _file = isFile ? Path.GetFullPath(path!) : null;
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

    /// <summary>True where the store is one file, which takes the journal of one host.</summary>
    public bool IsFile => _file is not null;

    /// <summary>Puts a journal on disk, whole and flushed.</summary>
    /// <param name="journal">The journal.</param>
    /// <returns>The file's path.</returns>
    /// <exception cref="LimitException">It cannot be written.</exception>
    public string Write(LimitJournal journal)
    {
        string path = _file ?? Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"{journal.Created:yyyyMMdd'T'HHmmss'.'fffffff}-{journal.ChangeId}{Extension}"));
        try
        {
            MakeFolder();
            if (File.Exists(path))
            {
                throw new IOException($"'{path}' exists already; an older change could not be undone without it");
            }

            DurableFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(journal, Options));
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

    /// <summary>Journals, newest first; files that are none are left out.</summary>
    /// <returns>Each with its path.</returns>
    public IEnumerable<(string Path, LimitJournal Journal)> List()
    {
        if (_file is not null)
        {
            yield return (_file, Read(_file));
            yield break;
        }

        if (!Directory.Exists(_folder))
        {
            yield break;
        }

        var found = new List<(string Path, LimitJournal Journal)>();
        foreach (string path in Directory.EnumerateFiles(_folder, "*" + Extension).Where(path => Path.GetFileName(path)[0] != '.'))
        {
            if (TryRead(path) is { } journal)
            {
                found.Add((path, journal));
            }
        }

        foreach ((string, LimitJournal) item in found.OrderByDescending(item => item.Journal.Created).ThenByDescending(item => item.Path, StringComparer.Ordinal))
        {
            yield return item;
        }
    }

    /// <summary>The newest journal of a host.</summary>
    /// <param name="hostName">The host.</param>
    /// <returns>The journal with its path.</returns>
    /// <exception cref="LimitException">There is none.</exception>
    public (string Path, LimitJournal Journal) Newest(string hostName)
    {
        foreach ((string Path, LimitJournal Journal) item in List())
        {
            if (item.Journal.HostName.Equals(hostName, StringComparison.OrdinalIgnoreCase))
            {
                return item;
            }
        }

        throw new LimitException(LimitProblem.JournalNotFound, hostName, $"'{_file ?? _folder}' holds no journal of {hostName}. Journals are kept by the user and on the machine that ran Set-CStateLimit, under the name that was given to -HostName: Restore-CStateLimit -ListAvailable shows what is here; -JournalPath names another place.");
    }

    /// <summary>Reads a journal.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The journal.</returns>
    /// <exception cref="LimitException">It is not there, or cannot be understood.</exception>
    public static LimitJournal Read(string path)
    {
        try
        {
            if (new FileInfo(path).Length > MostBytes)
            {
                throw new JsonException("the file is too long");
            }

            LimitJournal journal = JsonSerializer.Deserialize<LimitJournal>(File.ReadAllBytes(path), Options) ?? throw new JsonException("the file says null");
            return journal.FormatVersion == LimitJournal.CurrentFormat && journal.Writes.All(write => write is not null && write.Index is null == write.State is null && ChangeText.IsSound(write))
                ? journal
                : throw new JsonException(FormattableString.Invariant($"format {journal.FormatVersion}, or a value that is none of a C-state's"));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new LimitException(LimitProblem.JournalNotFound, string.Empty, $"'{path}' does not exist.", e);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or ArgumentException)
        {
            throw new LimitException(LimitProblem.JournalInvalid, string.Empty, $"'{path}' is no journal that this version understands: {e.Message}.", e);
        }
    }

    private static LimitJournal? TryRead(string path)
    {
        try
        {
            return Read(path);
        }
        catch (Exception e) when (e is LimitException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private void MakeFolder()
    {
        if (!Directory.Exists(_folder))
        {
            Directory.CreateDirectory(_folder, Private);
        }
        else if (_isOwn && File.GetUnixFileMode(_folder) != Private)
        {
            File.SetUnixFileMode(_folder, Private);
        }
    }
}
