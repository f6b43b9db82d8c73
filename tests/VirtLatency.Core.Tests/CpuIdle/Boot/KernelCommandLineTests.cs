using VirtLatency.CpuIdle.Boot;

namespace VirtLatency.Tests.CpuIdle.Boot;

/// <summary>Words as the kernel finds them.</summary>
public sealed class KernelCommandLineTests
{
    [Theory]
    [InlineData("ro quiet", "ro", "")]
    [InlineData("a=1 a=2", "a", "2")]
    [InlineData("intel-idle.max-cstate=3", "intel_idle.max_cstate", "3")]
    [InlineData("dyndbg=\"file x.c +p\" z=9", "dyndbg", "file x.c +p")]
    [InlineData("\"name=a b\" z=9", "name", "a b")]
    [InlineData("a=b=c", "a", "b=c")]
    [InlineData("x=a\"b c\"d y", "x", "a\"b c\"d")]
    [InlineData("\ta=1\n b=2", "b", "2")]
    [InlineData("quiet", "idle", null)]
    [InlineData("quiet -- idle=poll", "idle", null)]
    [InlineData("xidle=poll", "idle", null)]
    [InlineData("", "idle", null)]
    public void Values(string line, string name, string? value) => Assert.Equal(value, TracedLine.Of(line, "/proc/cmdline", 1).Find(name)?.Value);

    [Fact]
    public void Places_of_words()
    {
        KernelArgument word = KernelCommandLine.Parse("ro  b=\"x y\" z")[1];

        Assert.Equal(("b", "x y", 4, 11), (word.Name, word.Value, word.Start, word.End));
    }

    [Theory]
    [InlineData("a=\"b", 2)]
    [InlineData("a=\"b\" c\"", 7)]
    [InlineData("a=\"b\"", -1)]
    public void Open_quotes(string line, int at) => Assert.Equal(at, KernelCommandLine.OpenQuote(line));

    [Theory]
    [InlineData("8", 8L)]
    [InlineData("0x1F", 31L)]
    [InlineData("010", 8L)]
    [InlineData("0", 0L)]
    [InlineData("-1", -1L)]
    [InlineData("8x", null)]
    [InlineData("08", null)]
    [InlineData("0x", null)]
    [InlineData("", null)]
    [InlineData("4294967296", null)]
    public void Numbers(string text, long? number) => Assert.Equal(number, IdleTable.KernelNumber(text));
}
