using VirtLatency.Model;

namespace VirtLatency.Parsing;

/// <summary>
/// Reads ping's <c>time=1.23 ms</c>. iputils s20180629 forgets the carry when it rounds: 1.996 ms is printed 1.100, and
/// 12.97 ms 12.10. The second form is printed for nothing else. The first is what ping -3 prints for 1.1 ms: whether other
/// times from 1 ms on have two decimals or three tells it.
/// </summary>
internal sealed class PingTime
{
    private const long NanosecondsPerMillisecond = 1_000_000;

    /// <summary>Round trips from here on are negative 32-bit differences that busybox printed as unsigned.</summary>
    private const long WrapLimit = int.MaxValue * 1000L;

    private int _decimals;

    /// <summary>Forgets the decimals seen: another run.</summary>
    public void Clear() => _decimals = 0;

    /// <summary>Reads a number of milliseconds with at most three decimals.</summary>
    /// <param name="text">Moved behind the number.</param>
    /// <param name="isCarrySafe">True for busybox and inetutils, which always print three decimals.</param>
    /// <param name="nanoseconds">The round trip; missing unless Ok.</param>
    /// <returns>Wrapped for a time that no ping waits for.</returns>
    public NumberStatus Take(ref ReadOnlySpan<byte> text, bool isCarrySafe, out long nanoseconds)
    {
        nanoseconds = Latency.Missing;
        ReadOnlySpan<byte> rest = text;
        if (!ByteText.TakeInteger(ref rest, out long whole) || !TakeDecimals(ref rest, out int thousandths, out int decimals))
        {
            return NumberStatus.Invalid;
        }

        text = rest;
        if (whole >= WrapLimit / NanosecondsPerMillisecond)
        {
            return NumberStatus.Wrapped;
        }

        bool isCarry = !isCarrySafe && thousandths == 100 && (whole >= 10 ? decimals == 2 : whole >= 1 && decimals == 3 && _decimals != 3);
        if (isCarry && whole < 10 && _decimals == 0)
        {
            return NumberStatus.Ok;
        }

        if (!isCarry && whole is >= 1 and < 10)
        {
            _decimals = decimals;
        }

        nanoseconds = isCarry ? (whole + 1) * NanosecondsPerMillisecond : (whole * NanosecondsPerMillisecond) + (thousandths * 1000L);
        return NumberStatus.Ok;
    }

    private static bool TakeDecimals(ref ReadOnlySpan<byte> text, out int thousandths, out int decimals)
    {
        thousandths = 0;
        decimals = 0;
        if (!ByteText.Take(ref text, "."u8))
        {
            return true;
        }

        int before = text.Length;
        if (!ByteText.TakeInteger(ref text, 999, out thousandths))
        {
            return false;
        }

        decimals = before - text.Length;
        thousandths *= decimals switch { 1 => 100, 2 => 10, _ => 1 };
        return decimals <= 3;
    }
}
