namespace VirtLatency.Parsing;

/// <summary>Reads a log's dates and times one after the other: the date is the same for long, so it becomes a number once a day.</summary>
internal sealed class LogClock
{
    /// <summary>yyyy-MM-dd and a blank.</summary>
    private const int DateLength = 11;

    private readonly KnownText _date = new();
    private DateTime _day;

    /// <summary>Reads yyyy-MM-dd HH:MM:SS with an optional .mmm, as <see cref="ByteText.TakeDateTime"/> does.</summary>
    /// <param name="rest">Left alone where no time stands.</param>
    /// <param name="time">The time.</param>
    /// <returns>Whether one was read.</returns>
    public bool Take(ref ReadOnlySpan<byte> rest, out DateTime time)
    {
        ReadOnlySpan<byte> text = rest;
        if (_date.Take(ref text))
        {
            if (!ByteText.TakeTimeOfDay(ref text, out int milliseconds))
            {
                time = default;
                return false;
            }

            time = _day.AddTicks(milliseconds * TimeSpan.TicksPerMillisecond);
            rest = text;
            return true;
        }

        text = rest;
        if (!ByteText.TakeDateTime(ref rest, out time))
        {
            return false;
        }

        if (text[DateLength - 1] == ' ')
        {
            _day = time.Date;
            _date.Keep(text[..DateLength]);
        }

        return true;
    }
}
