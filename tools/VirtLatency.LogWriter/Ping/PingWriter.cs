using System.Text;

namespace VirtLatency.LogWriter;

/// <summary>Writes the output of ping (iputils).</summary>
public sealed class PingWriter : ToolLogWriter<PingFigure>
{
    private const int IcmpHeaderBytes = 8;
    private const int IpHeaderBytes = 20;

    private readonly PingOptions _options;
    private DateTime? _first;
    private DateTime _last;
    private ushort? _unanswered;
    private long _transmitted;
    private long _received;
    private long _duplicates;
    private long _shortest = long.MaxValue;
    private long _longest;
    private long _sum;
    private Int128 _squares;

    /// <summary>Makes a writer for one run.</summary>
    /// <param name="output">Takes the text; neither flushed nor closed.</param>
    /// <param name="options">How ping was called.</param>
    public PingWriter(TextWriter output, PingOptions options)
        : base(output, options) => _options = options;

    private protected override void ComposeHeader(StringBuilder text)
    {
        int whole = _options.PayloadBytes + IcmpHeaderBytes + IpHeaderBytes;
        text.Append(Invariant, $"PING {_options.Destination} ({_options.Destination}) {_options.PayloadBytes}({whole}) bytes of data.\n");
    }

    private protected override void ComposeRecord(StringBuilder text, PingFigure figure)
    {
        _first ??= figure.Time;
        _last = figure.Time;
        _transmitted += figure.IsDuplicate ? 0 : 1;
        ComposeUnanswered(text, figure);
        if (figure.RttUs is not { } rtt)
        {
            return;
        }

        _received += figure.IsDuplicate ? 0 : 1;
        _duplicates += figure.IsDuplicate ? 1 : 0;
        _shortest = Math.Min(_shortest, rtt);
        _longest = Math.Max(_longest, rtt);
        _sum += rtt;
        _squares += (Int128)rtt * rtt;
        ComposeStamp(text, figure.Time);
        text.Append(Invariant, $"{_options.PayloadBytes + IcmpHeaderBytes} bytes from {_options.Destination}: icmp_seq={figure.Sequence} ttl={_options.Ttl} time=");
        ComposeTime(text, rtt);
        text.Append(figure.IsDuplicate ? " ms (DUP!)\n" : " ms\n");
    }

    private protected override void ComposeFooter(StringBuilder text)
    {
        text.Append(Invariant, $"\n--- {_options.Destination} ping statistics ---\n{_transmitted} packets transmitted, {_received} received");
        if (_duplicates > 0)
        {
            text.Append(Invariant, $", +{_duplicates} duplicates");
        }

        if (_transmitted > 0)
        {
            double loss = (_transmitted - _received) * 100.0 / _transmitted;
            long elapsed = (long)Math.Round((_last - (_first ?? _last)).TotalMilliseconds);
            text.Append(Invariant, $", {(float)loss:g6}% packet loss, time {elapsed}ms");
        }

        text.Append('\n');
        if (_received > 0)
        {
            long count = _received + _duplicates;
            long average = _sum / count;
            long deviation = (long)Math.Sqrt((double)((_squares - ((Int128)_sum * _sum / count)) / count));
            text.Append(Invariant, $"rtt min/avg/max/mdev = {Whole(_shortest)}/{Whole(average)}/{Whole(_longest)}/{Whole(deviation)} ms\n");
        }
    }

    /// <summary>Said when the next request is sent: its round trip before its reply.</summary>
    private void ComposeUnanswered(StringBuilder text, PingFigure next)
    {
        if (next.IsDuplicate)
        {
            return;
        }

        if (_options.IsOutstanding && _unanswered is { } sequence)
        {
            ComposeStamp(text, next.Time.AddMicroseconds(-(next.RttUs ?? 0)));
            text.Append(Invariant, $"no answer yet for icmp_seq={sequence}\n");
        }

        _unanswered = next.RttUs is null ? next.Sequence : null;
    }

    private void ComposeStamp(StringBuilder text, DateTime time)
    {
        if (_options.IsTimestamped)
        {
            long microseconds = (time.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
            text.Append(Invariant, $"[{microseconds / 1_000_000}.{microseconds % 1_000_000:D6}] ");
        }
    }

    private static string Whole(long microseconds) =>
        FormattableString.Invariant($"{microseconds / 1000}.{microseconds % 1000:D3}");

    /// <summary>ping prints three significant digits at least, with fewer decimals the longer the time; the limits are its own.</summary>
    private static void ComposeTime(StringBuilder text, long rtt)
    {
        if (rtt >= 100_000 - 50)
        {
            text.Append(Invariant, $"{(rtt + 500) / 1000}");
        }
        else if (rtt >= 10_000 - 5)
        {
            text.Append(Invariant, $"{(rtt + 50) / 1000}.{(rtt + 50) % 1000 / 100}");
        }
        else if (rtt >= 1000)
        {
            text.Append(Invariant, $"{(rtt + 5) / 1000}.{(rtt + 5) % 1000 / 10:D2}");
        }
        else
        {
            text.Append(Whole(rtt));
        }
    }
}
