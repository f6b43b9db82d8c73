using System.Text;
using VirtLatency.Parsing;
using Xunit;

namespace VirtLatency.Tests.Parsing;

/// <summary>Numbers, addresses and times read from bytes.</summary>
public sealed class ByteTextTests
{
    [Theory]
    [InlineData("20.839 us", 20839, " us")]
    [InlineData("159.2", 159200, "")]
    [InlineData("159.25x", 159250, "x")]
    [InlineData("14us", 14000, "us")]
    [InlineData("0.000", 0, "")]
    [InlineData("-1.500 us", -1500, " us")]
    [InlineData("-0.0", 0, "")]
    [InlineData("007", 7000, "")]
    [InlineData("9223372036854774.999", 9223372036854774999, "")]
    public void Microseconds_AreWholeNanoseconds(string text, long nanoseconds, string rest)
    {
        ReadOnlySpan<byte> bytes = Encoding.UTF8.GetBytes(text);

        Assert.Equal(NumberStatus.Ok, ByteText.TakeMicroseconds(ref bytes, out long value));
        Assert.Equal(nanoseconds, value);
        Assert.Equal(rest, Encoding.UTF8.GetString(bytes));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("5.x")]
    [InlineData("5.1234")]
    [InlineData("us")]
    [InlineData("+5")]
    [InlineData(" 5")]
    [InlineData("123456789012345678901")]
    [InlineData("18446744075000000.000 us")]
    [InlineData("99999999999999999999 us")]
    public void Microseconds_Refused_LeaveTheText(string text)
    {
        ReadOnlySpan<byte> bytes = Encoding.UTF8.GetBytes(text);

        Assert.Equal(NumberStatus.Invalid, ByteText.TakeMicroseconds(ref bytes, out _));
        Assert.Equal(text, Encoding.UTF8.GetString(bytes));
    }

    [Theory]
    [InlineData("18446744073709552.000 us")]
    [InlineData("18446744073709551.615 us")]
    [InlineData("9223372036854776.000 us")]
    public void Microseconds_BeyondALatency_AreWrapped(string text)
    {
        ReadOnlySpan<byte> bytes = Encoding.UTF8.GetBytes(text);

        Assert.Equal(NumberStatus.Wrapped, ByteText.TakeMicroseconds(ref bytes, out _));
        Assert.Equal(" us", Encoding.UTF8.GetString(bytes));
    }

    [Theory]
    [InlineData("10.0.130.145", true, 0x0A008291u)]
    [InlineData("255.255.255.255", true, 0xFFFFFFFFu)]
    [InlineData("0.0.0.0", true, 0u)]
    [InlineData("10.0.130.256", false, 0u)]
    [InlineData("10.0.130", false, 0u)]
    [InlineData("10..130.1", false, 0u)]
    [InlineData("fe80::1", false, 0u)]
    public void Address_NetworkOrder(string text, bool read, uint address)
    {
        ReadOnlySpan<byte> bytes = Encoding.UTF8.GetBytes(text);

        Assert.Equal(read, ByteText.TakeAddress(ref bytes, out uint value));
        Assert.Equal(read ? 0 : text.Length, bytes.Length);
        if (read)
        {
            Assert.Equal(address, value);
            Assert.Equal(text, AddressText.Of(value));
        }
    }

    [Theory]
    [InlineData("2026-01-09 10:21:03.119", "2026-01-09T10:21:03.1190000")]
    [InlineData("2026-01-09 10:21:03", "2026-01-09T10:21:03.0000000")]
    [InlineData("2024-02-29 23:59:59.999", "2024-02-29T23:59:59.9990000")]
    [InlineData("2026-02-29 10:21:03.119", null)]
    [InlineData("2026-13-01 10:21:03.119", null)]
    [InlineData("2026-00-01 10:21:03.119", null)]
    [InlineData("2026-01-00 10:21:03.119", null)]
    [InlineData("0000-01-01 10:21:03.119", null)]
    [InlineData("2026-01-09 24:00:00.000", null)]
    [InlineData("2026-01-09 10:60:00.000", null)]
    [InlineData("2026-01-09T10:21:03.119", null)]
    [InlineData("2026-01-09 10:21", null)]
    public void DateTime_WithAndWithoutMilliseconds(string text, string? time)
    {
        ReadOnlySpan<byte> bytes = Encoding.UTF8.GetBytes(text);

        Assert.Equal(time is not null, ByteText.TakeDateTime(ref bytes, out DateTime value));
        Assert.Equal(time is null ? text.Length : 0, bytes.Length);
        if (time is not null)
        {
            Assert.Equal(time, value.ToString("yyyy-MM-ddTHH:mm:ss.fffffff", System.Globalization.CultureInfo.InvariantCulture));
            Assert.Equal(DateTimeKind.Unspecified, value.Kind);
        }
    }

    [Theory]
    [InlineData("65535,", 65535, true)]
    [InlineData("65536", 0, false)]
    [InlineData("", 0, false)]
    [InlineData("x1", 0, false)]
    [InlineData("99999999999999999999", 0, false)]
    public void Integer_WithABound(string text, int expected, bool read)
    {
        ReadOnlySpan<byte> bytes = Encoding.UTF8.GetBytes(text);

        Assert.Equal(read, ByteText.TakeInteger(ref bytes, ushort.MaxValue, out int value));
        Assert.Equal(expected, value);
        Assert.Equal(read ? "," : text, Encoding.UTF8.GetString(bytes));
    }

    [Theory]
    [InlineData(80, true)]
    [InlineData(40, true)]
    [InlineData(20, true)]
    [InlineData(19, false)]
    [InlineData(3, false)]
    public void Ruler_IsNothingButTheMark(int length, bool ruler)
    {
        Assert.Equal(ruler, ByteText.IsRuler(Encoding.UTF8.GetBytes(new string('=', length)), (byte)'='));
        Assert.False(ByteText.IsRuler(Encoding.UTF8.GetBytes(new string('=', length) + "."), (byte)'='));
        Assert.False(ByteText.IsRuler(Encoding.UTF8.GetBytes(new string('-', length)), (byte)'='));
    }
}
