using System.Globalization;
using System.Buffers.Binary;

namespace VirtLatency.Parsing;

/// <summary>
/// Reads the tools' ASCII text straight from bytes. Every Take method moves the span behind what it read and leaves it
/// alone when it returns false.
/// </summary>
internal static class ByteText
{
    /// <summary>2^63 ns in us: a printed value at or above is a wrapped negative.</summary>
    private const long WrapLimitMicroseconds = long.MaxValue / 1000;

    /// <summary>2^64 ns in us, and what a sum with a wrapped number adds to it: nothing beyond is one.</summary>
    private const ulong MostWrappedMicroseconds = 18_446_744_074_000_000;

    private static readonly System.Buffers.SearchValues<byte> DeviceCharacters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.:@-"u8);

    public static bool Take(ref ReadOnlySpan<byte> text, ReadOnlySpan<byte> literal)
    {
        if (!text.StartsWith(literal))
        {
            return false;
        }

        text = text[literal.Length..];
        return true;
    }

    /// <summary>Moves behind the first occurrence of the literal.</summary>
    public static bool TakeThrough(ref ReadOnlySpan<byte> text, ReadOnlySpan<byte> literal)
    {
        int at = text.IndexOf(literal);
        if (at < 0)
        {
            return false;
        }

        text = text[(at + literal.Length)..];
        return true;
    }

    public static ReadOnlySpan<byte> TrimBlanks(ReadOnlySpan<byte> text) => text.Trim((byte)' ');

    /// <summary>The bytes up to the first blank, or all of them.</summary>
    public static ReadOnlySpan<byte> TakeWord(ref ReadOnlySpan<byte> text)
    {
        int end = text.IndexOf((byte)' ');
        ReadOnlySpan<byte> word = end < 0 ? text : text[..end];
        text = text[word.Length..];
        return word;
    }

    public static bool TakeInteger(ref ReadOnlySpan<byte> text, out long value)
    {
        // A copy stays in registers; the reference does not.
        ReadOnlySpan<byte> digits = text;
        value = 0;
        int length = 0;
        for (uint digit; length < digits.Length && (digit = digits[length] - (uint)'0') <= 9; length++)
        {
            if (length == 18)
            {
                return false;
            }

            value = (value * 10) + digit;
        }

        text = digits[length..];
        return length > 0;
    }

    public static bool TakeInteger(ref ReadOnlySpan<byte> text, long most, out int value)
    {
        ReadOnlySpan<byte> rest = text;
        if (TakeInteger(ref rest, out long wide) && wide <= most)
        {
            value = (int)wide;
            text = rest;
            return true;
        }

        value = 0;
        return false;
    }

    /// <summary>Reads an integer that stands right-aligned, behind any number of blanks.</summary>
    public static bool TakePaddedInteger(ref ReadOnlySpan<byte> text, out long value)
    {
        text = text.TrimStart((byte)' ');
        return TakeInteger(ref text, out value);
    }

    /// <summary>Reads an ICMP identifier and sequence number behind their labels: <c> (ID: 4711, Seq: 3</c>.</summary>
    public static bool TakeIcmpKey(ref ReadOnlySpan<byte> text, ReadOnlySpan<byte> idLabel, ReadOnlySpan<byte> sequenceLabel, out ushort id, out ushort sequence)
    {
        (id, sequence) = (0, 0);
        if (!Take(ref text, idLabel) || !TakeInteger(ref text, ushort.MaxValue, out int first)
            || !Take(ref text, sequenceLabel) || !TakeInteger(ref text, ushort.MaxValue, out int second))
        {
            return false;
        }

        (id, sequence) = ((ushort)first, (ushort)second);
        return true;
    }

    /// <summary>Reads a decimal number of microseconds as nanoseconds; digits beyond the third are refused.</summary>
    public static NumberStatus TakeMicroseconds(ref ReadOnlySpan<byte> text, out long nanoseconds)
    {
        ReadOnlySpan<byte> rest = text;
        bool negative = rest.Length > 0 && rest[0] == '-';
        rest = negative ? rest[1..] : rest;
        if (TakeShortMicroseconds(ref rest, out nanoseconds))
        {
            text = rest;
            nanoseconds = negative ? -nanoseconds : nanoseconds;
            return NumberStatus.Ok;
        }

        long whole = 0;
        int digits = 0;
        bool wrapped = false;
        for (; digits < rest.Length && char.IsAsciiDigit((char)rest[digits]); digits++)
        {
            wrapped |= whole >= WrapLimitMicroseconds;
            whole = wrapped ? whole : (whole * 10) + (rest[digits] - '0');
        }

        nanoseconds = 0;
        if (digits is 0 or > 20)
        {
            return NumberStatus.Invalid;
        }

        ReadOnlySpan<byte> digitsOfWhole = rest[..digits];
        rest = rest[digits..];
        if (!TakeFraction(ref rest, out long fraction))
        {
            return NumberStatus.Invalid;
        }

        if ((wrapped || whole >= WrapLimitMicroseconds) && UInt128.Parse(digitsOfWhole, CultureInfo.InvariantCulture) > MostWrappedMicroseconds)
        {
            return NumberStatus.Invalid;
        }

        text = rest;
        if (wrapped || whole >= WrapLimitMicroseconds)
        {
            return NumberStatus.Wrapped;
        }

        nanoseconds = (whole * 1000) + fraction;
        nanoseconds = negative ? -nanoseconds : nanoseconds;
        return NumberStatus.Ok;
    }

    /// <summary>Reads an IPv4 address as a number in network order.</summary>
    public static bool TakeAddress(ref ReadOnlySpan<byte> text, out uint address)
    {
        address = 0;
        ReadOnlySpan<byte> rest = text;
        Span<byte> octets = stackalloc byte[4];
        for (int i = 0; i < 4; i++)
        {
            if ((i > 0 && !Take(ref rest, "."u8)) || !TakeInteger(ref rest, byte.MaxValue, out int octet))
            {
                return false;
            }

            octets[i] = (byte)octet;
        }

        address = BinaryPrimitives.ReadUInt32BigEndian(octets);
        text = rest;
        return true;
    }

    /// <summary>Reads yyyy-MM-dd HH:MM:SS with an optional .mmm.</summary>
    public static bool TakeDateTime(ref ReadOnlySpan<byte> text, out DateTime time)
    {
        time = default;
        ReadOnlySpan<byte> rest = text;
        if (!TakeInteger(ref rest, 9999, out int year) || !Take(ref rest, "-"u8)
            || !TakeInteger(ref rest, 12, out int month) || !Take(ref rest, "-"u8)
            || !TakeInteger(ref rest, 31, out int day) || !Take(ref rest, " "u8)
            || !TakeTimeOfDay(ref rest, out int milliseconds)
            || year < 1 || month < 1 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        time = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Unspecified).AddMilliseconds(milliseconds);
        text = rest;
        return true;
    }

    /// <summary>Reads HH:MM:SS with an optional .mmm as milliseconds of the day.</summary>
    public static bool TakeTimeOfDay(ref ReadOnlySpan<byte> text, out int milliseconds)
    {
        if (TakeFullTimeOfDay(ref text, out milliseconds))
        {
            return true;
        }

        milliseconds = 0;
        ReadOnlySpan<byte> rest = text;
        if (!TakeInteger(ref rest, 23, out int hours) || !Take(ref rest, ":"u8)
            || !TakeInteger(ref rest, 59, out int minutes) || !Take(ref rest, ":"u8)
            || !TakeInteger(ref rest, 59, out int seconds)
            || !TakeFraction(ref rest, out long thousandths))
        {
            return false;
        }

        milliseconds = (((((hours * 60) + minutes) * 60) + seconds) * 1000) + (int)thousandths;
        text = rest;
        return true;
    }

    /// <summary>True for a ruler: nothing but the mark, at least 20 times (the tools print 40, 50, 60, 72 or 80).</summary>
    public static bool IsRuler(ReadOnlySpan<byte> line, byte mark) => line.Length >= 20 && line.IndexOfAnyExcept(mark) < 0;

    /// <summary>
    /// True for a network device's name as hosts give them: at most 15 characters, letters, digits and _ . : @ -, led by
    /// a letter or digit, so that it is never taken for a formula where it lands.
    /// </summary>
    public static bool IsDeviceName(ReadOnlySpan<byte> name) =>
        name.Length is > 0 and <= 15 && char.IsAsciiLetterOrDigit((char)name[0]) && name.IndexOfAnyExcept(DeviceCharacters) < 0;

    /// <summary>True when the line begins with one of the texts.</summary>
    public static bool StartsWithAny(ReadOnlySpan<byte> line, byte[][] texts)
    {
        foreach (byte[] text in texts)
        {
            if (line.StartsWith(text))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>HH:MM:SS.mmm to the last digit, as the tools print it; anything else is left to the general reader.</summary>
    private static bool TakeFullTimeOfDay(ref ReadOnlySpan<byte> text, out int milliseconds)
    {
        const int length = 12;
        ReadOnlySpan<byte> time = text;
        milliseconds = 0;
        if (time.Length <= length || time[2] != ':' || time[5] != ':' || time[8] != '.' || char.IsAsciiDigit((char)time[length]))
        {
            return false;
        }

        int hours = TwoDigits(time[0], time[1]);
        int minutes = TwoDigits(time[3], time[4]);
        int seconds = TwoDigits(time[6], time[7]);
        int hundredths = TwoDigits(time[9], time[10]);
        uint last = time[11] - (uint)'0';
        if ((uint)hours > 23 || (uint)minutes > 59 || (uint)seconds > 59 || hundredths < 0 || last > 9)
        {
            return false;
        }

        milliseconds = (((((hours * 60) + minutes) * 60) + seconds) * 1000) + (hundredths * 10) + (int)last;
        text = time[length..];
        return true;
    }

    /// <summary>A number of two digits; -1 where they are none.</summary>
    private static int TwoDigits(byte tens, byte ones)
    {
        (uint high, uint low) = (tens - (uint)'0', ones - (uint)'0');
        return high > 9 || low > 9 ? -1 : (int)((high * 10) + low);
    }

    /// <summary>Reads up to 15 digits that neither point nor further digit follows.</summary>
    public static bool TakeWhole(ref ReadOnlySpan<byte> text, out long value)
    {
        const int mostDigits = 15;
        ReadOnlySpan<byte> rest = text;
        value = 0;
        int digits = 0;
        for (uint digit; digits < rest.Length && (digit = rest[digits] - (uint)'0') <= 9; digits++)
        {
            if (digits == mostDigits)
            {
                return false;
            }

            value = (value * 10) + digit;
        }

        bool isWhole = digits > 0 && (digits == rest.Length || rest[digits] != '.');
        text = isWhole ? rest[digits..] : rest;
        return isWhole;
    }

    /// <summary>Up to 15 digits before the point, which no wrapped number has; anything else is left to the general reader.</summary>
    private static bool TakeShortMicroseconds(ref ReadOnlySpan<byte> text, out long nanoseconds)
    {
        const int mostDigits = 15;
        ReadOnlySpan<byte> rest = text;
        long whole = 0;
        int digits = 0;
        for (uint digit; digits < rest.Length && (digit = rest[digits] - (uint)'0') <= 9 && digits <= mostDigits; digits++)
        {
            whole = (whole * 10) + digit;
        }

        nanoseconds = 0;
        rest = rest[digits..];
        if (digits is 0 or > mostDigits || !TakeFraction(ref rest, out long fraction))
        {
            return false;
        }

        nanoseconds = (whole * 1000) + fraction;
        text = rest;
        return true;
    }

    /// <summary>Reads an optional point with one to three digits as thousandths.</summary>
    private static bool TakeFraction(ref ReadOnlySpan<byte> text, out long thousandths)
    {
        thousandths = 0;
        if (text.IsEmpty || text[0] != '.')
        {
            return true;
        }

        ReadOnlySpan<byte> fraction = text[1..];
        int digits = 0;
        for (uint digit; digits < fraction.Length && (digit = fraction[digits] - (uint)'0') <= 9; digits++)
        {
            if (digits == 3)
            {
                return false;
            }

            thousandths = (thousandths * 10) + digit;
        }

        for (int i = digits; i < 3; i++)
        {
            thousandths *= 10;
        }

        text = fraction[digits..];
        return digits > 0;
    }
}
