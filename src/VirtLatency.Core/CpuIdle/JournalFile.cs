using System.Globalization;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;
using VirtLatency.CpuIdle.Boot;

#pragma warning disable CA1416 // Hosts and operators run Linux.

namespace VirtLatency.CpuIdle;

/// <summary>One journal on disk. What it says is written to a host as root, so it is read only where nobody else can have written it.</summary>
internal static class JournalFile
{
    private const int MostBytes = 64 * 1024 * 1024;
    private const UnixFileMode WrittenByOthers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
    private const string Advice = "Look at it; if it is yours, make yourself or root its owner, and take others' permission to write (chown, chmod go-w).";
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>A journal's name: by its time, so that a listing has them in order.</summary>
    public static string NameOf(LimitJournal journal) => string.Create(CultureInfo.InvariantCulture, $"{journal.Created:yyyyMMdd'T'HHmmss'.'fffffff}-{journal.ChangeId}.json");

    /// <summary>Puts it on disk, whole and flushed.</summary>
    public static void Write(string path, LimitJournal journal) => DurableFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(journal, Options));

    /// <summary>Reads it.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The journal.</returns>
    /// <exception cref="LimitException">It is not there, cannot be understood, or others could have written it.</exception>
    public static LimitJournal Read(string path)
    {
        try
        {
            // A pipe or a device has no length, and would be waited for.
            long length = new FileInfo(path).Length;
            if (length is 0 or > MostBytes)
            {
                throw new JsonException(length == 0 ? "the file is empty" : "the file is too long");
            }

            using SafeFileHandle file = File.OpenHandle(path);
            RefuseUntrusted(path, file);
            byte[] content = new byte[length];
            int read = RandomAccess.Read(file, content, 0);
            LimitJournal journal = JsonSerializer.Deserialize<LimitJournal>(content.AsSpan(0, read), Options) ?? throw new JsonException("the file says null");
            return FaultOf(journal) is { } fault ? throw new JsonException(fault) : journal;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new LimitException(LimitProblem.JournalNotFound, string.Empty, $"'{path}' does not exist.", e);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or ArgumentException)
        {
            throw new LimitException(LimitProblem.JournalInvalid, string.Empty, $"'{path}' is no journal that this version understands: {e.Message}.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LimitException(LimitProblem.JournalInvalid, string.Empty, $"The journal '{path}' cannot be read: {e.Message}", e);
        }
    }

    /// <summary>The file that is open, whatever its name leads to by now.</summary>
    private static void RefuseUntrusted(string path, SafeFileHandle file)
    {
        int? owner = FileOwner.Of($"/proc/self/fd/{file.DangerousGetHandle()}")?.User;
        int? user = FileOwner.Of("/proc/self")?.User;
        bool isForeign = owner is not null and not 0 && owner != user;
        if (isForeign || (File.GetUnixFileMode(file) & WrittenByOthers) != UnixFileMode.None)
        {
            string why = isForeign ? string.Create(CultureInfo.InvariantCulture, $"it belongs to user {owner}") : "its mode lets others write";
            throw new LimitException(LimitProblem.JournalNotTrusted, string.Empty, $"The journal '{path}' is not trusted: {why}, and what it says would be written to a host. {Advice}");
        }
    }

    /// <summary>JSON can say null, and anything else, where a journal never does.</summary>
    private static string? FaultOf(LimitJournal journal) =>
        journal.FormatVersion != LimitJournal.CurrentFormat ? FormattableString.Invariant($"its format is {journal.FormatVersion}, not {LimitJournal.CurrentFormat}")
        : string.IsNullOrEmpty(journal.ChangeId) || !journal.ChangeId.All(char.IsAsciiLetterOrDigit) ? "its change has no id of letters and digits"
        : string.IsNullOrWhiteSpace(journal.HostName) ? "it names no host"
        : journal.OnlineCpus is null || journal.Writes is null || journal.Kept is null ? "a part of it is null"
        : !journal.Writes.Concat(journal.Kept).All(IsSound) ? "it has a value that is none of a C-state's"
        : ChangeText.Twice(journal.Writes) is { } twice ? $"it names {twice.Place} twice"
        : null;

    private static bool IsSound(LimitWrite? write) => write is { Before: not null, After: not null } && write.Index is null == write.State is null && ChangeText.IsSound(write);
}
