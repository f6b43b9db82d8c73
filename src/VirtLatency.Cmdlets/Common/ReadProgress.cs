using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;

namespace VirtLatency.Common;

/// <summary>Shows how far a long file was read: nothing in the first half second, then five times a second.</summary>
internal sealed class ReadProgress : IProgress<long>
{
    private const int ActivityId = 1;
    private static readonly TimeSpan FirstAfter = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(200);

    private readonly Cmdlet _command;
    private readonly string _path;
    private readonly long _length;
    private readonly long _start = Stopwatch.GetTimestamp();
    private long _shown;

    public ReadProgress(Cmdlet command, string path)
    {
        _command = command;
        _path = path;
        var file = new FileInfo(path);
        _length = file.Exists && !path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? file.Length : 0;
    }

    public void Report(long value)
    {
        if (Stopwatch.GetElapsedTime(_start) < FirstAfter || (_shown != 0 && Stopwatch.GetElapsedTime(_shown) < Every))
        {
            return;
        }

        _shown = Stopwatch.GetTimestamp();
        string status = string.Create(CultureInfo.InvariantCulture, $"{value / 1e6:0.0} MB{(_length > 0 ? $" of {_length / 1e6:0.0} MB" : string.Empty)}");
        _command.WriteProgress(new ProgressRecord(ActivityId, "Reading " + _path, status)
        {
            PercentComplete = _length > 0 ? (int)Math.Min(100, 100 * value / _length) : -1,
        });
    }

    /// <summary>Takes the display away when it was shown.</summary>
    public void Complete()
    {
        if (_shown != 0)
        {
            _command.WriteProgress(new ProgressRecord(ActivityId, "Reading " + _path, "done") { RecordType = ProgressRecordType.Completed });
        }
    }
}
