using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace VirtLatency.CpuIdle;

/// <summary>A journal that cannot be read or trusted, with what its name and its remains tell.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Written">When it was written (UTC).</param>
/// <param name="HostName">Its host; null where that cannot be told.</param>
internal sealed partial record DamagedJournal(LimitException Reason, DateTime Written, string? HostName)
{
    private const string Stamp = "yyyyMMdd'T'HHmmss'.'fffffff";
    private const int MostBytes = 4096;

    /// <summary>Looks at a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="reason">Why it is no journal.</param>
    /// <returns>Null where neither its name nor its beginning is that of a journal.</returns>
    public static DamagedJournal? Of(string path, LimitException reason)
    {
        Match name = Name().Match(Path.GetFileName(path));
        bool isTrusted = reason.Problem != LimitProblem.JournalNotTrusted;
        string beginning = isTrusted ? BeginningOf(path) : string.Empty;
        if (!name.Success && !beginning.Contains("\"changeId\"", StringComparison.Ordinal))
        {
            return null;
        }

        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        DateTime written = DateTime.TryParseExact(name.Groups["stamp"].Value, Stamp, CultureInfo.InvariantCulture, Utc, out DateTime stamp) ? stamp : File.GetLastWriteTimeUtc(path);
        return new DamagedJournal(reason, written, Host().Match(beginning) is { Success: true } host ? host.Groups["host"].Value : null);
    }

    private static string BeginningOf(string path)
    {
        try
        {
            byte[] bytes = new byte[Math.Min(MostBytes, new FileInfo(path).Length)];
            if (bytes.Length == 0)
            {
                return string.Empty;
            }

            using var file = File.OpenHandle(path);
            return Encoding.UTF8.GetString(bytes, 0, RandomAccess.Read(file, bytes, 0));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return string.Empty;
        }
    }

    [GeneratedRegex("^(?<stamp>[0-9]{8}T[0-9]{6}\\.[0-9]{7})-[0-9A-Za-z]+\\.json$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();

    [GeneratedRegex("\"hostName\": *\"(?<host>[^\"\\\\]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Host();
}
