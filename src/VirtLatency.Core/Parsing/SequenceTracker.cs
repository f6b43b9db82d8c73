using VirtLatency.Model;

namespace VirtLatency.Parsing;

/// <summary>
/// Tells from ids, sequences and times of a log's samples which of them came twice, late, or first.
/// The trick: sequences are 16 bits and wrap, and an id is used again by the next ping, so neither repeats nor steps back
/// mean anything by themselves. They do within a second of each other: a duplicated or overtaken packet comes within
/// the tools' time-out, a wrap or a new ping with the old id later (a flood ping that wraps faster steps forward).
/// </summary>
internal sealed class SequenceTracker
{
    /// <summary>The time-out of icmp_drop_detector when nothing else is asked for; ping's interval too.</summary>
    public static readonly TimeSpan DefaultTimeOut = TimeSpan.FromSeconds(1);

    /// <summary>Sequences back that are remembered for each id.</summary>
    private const int Window = 256;

    /// <summary>Ids that are remembered; damaged ones must not fill the memory.</summary>
    private const int MostIds = 4096;

    private readonly Dictionary<int, Ping> _pings = [];
    private int _run;

    /// <summary>The ping of the sample before, which is most often the next one's too.</summary>
    private (int IcmpId, Ping? Ping) _last;

    /// <summary>Marks of a sample; samples are to be given in the log's order.</summary>
    /// <param name="run">Run in the file.</param>
    /// <param name="icmpId">ICMP identifier.</param>
    /// <param name="sequence">ICMP sequence number.</param>
    /// <param name="time">When it was printed.</param>
    /// <returns>First, Duplicate, Reordered, or none.</returns>
    public SampleFlags FlagsOf(int run, int icmpId, int sequence, DateTime time)
    {
        if (run != _run || _pings.Count >= MostIds)
        {
            _run = run;
            _pings.Clear();
            _last = default;
        }

        if (_last.Ping is { } last && _last.IcmpId == icmpId)
        {
            return last.FlagsOf((ushort)sequence, time);
        }

        if (!_pings.TryGetValue(icmpId, out Ping? ping))
        {
            _pings.Add(icmpId, ping = new Ping());
            _last = (icmpId, ping);
            return ping.Begin(sequence, time);
        }

        _last = (icmpId, ping);
        return ping.FlagsOf((ushort)sequence, time);
    }

    private sealed class Ping
    {
        private readonly DateTime[] _times = new DateTime[Window];
        private ushort _newest;
        private ushort _last;

        public SampleFlags Begin(int sequence, DateTime time)
        {
            Array.Clear(_times);
            _newest = _last = (ushort)sequence;
            _times[sequence % Window] = time;
            return sequence == 1 ? SampleFlags.First : SampleFlags.None;
        }

        public SampleFlags FlagsOf(ushort sequence, DateTime time)
        {
            int step = (short)(sequence - _newest);
            bool isNext = sequence == (ushort)(_last + 1);
            _last = sequence;
            if (step > 0)
            {
                return Advance(sequence, step, time);
            }

            bool isSoon = step > -Window && IsSoon(_times[_newest % Window], time);
            DateTime before = step > -Window ? _times[sequence % Window] : default;
            if (before != default && IsSoon(before, time))
            {
                return SampleFlags.Duplicate;
            }

            // Two in step with each other outweigh the one that is ahead: its number was damaged, or it began anew.
            if (!isSoon || before != default || isNext)
            {
                return Begin(sequence, time);
            }

            _times[sequence % Window] = time;
            return SampleFlags.Reordered;
        }

        /// <summary>The slots between, of sequences that did not come, are emptied.</summary>
        private SampleFlags Advance(ushort sequence, int step, DateTime time)
        {
            for (int i = 1; i < Math.Min(step, Window); i++)
            {
                _times[(ushort)(_newest + i) % Window] = default;
            }

            _newest = sequence;
            _times[sequence % Window] = time;
            return SampleFlags.None;
        }

        private static bool IsSoon(DateTime before, DateTime now) => (now - before).Duration() <= DefaultTimeOut;
    }
}
