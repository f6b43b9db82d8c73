using VirtLatency.CpuIdle;
using VirtLatency.Ssh;

namespace VirtLatency.Tests.Ssh;

public sealed class SshTargetTests
{
    [Theory]
    [InlineData("hv-07", "hv-07")]
    [InlineData("root@hv-07.example.com", "root@hv-07.example.com")]
    [InlineData("ops_1.x@10.0.0.7", "ops_1.x@10.0.0.7")]
    [InlineData("::1", "::1")]
    [InlineData("root@fe80::1%eth0", "root@fe80::1%eth0")]
    [InlineData("root@[2001:db8::7]", "root@2001:db8::7")]
    [InlineData("::ffff:10.0.0.7", "::ffff:10.0.0.7")]
    public void Names_that_ssh_gets(string name, string target) => Assert.Equal(target, SshTarget.Of(name));

    [Theory]
    [InlineData("-oProxyCommand=touch /x")]
    [InlineData("-oProxyCommand=x")]
    [InlineData("host;reboot")]
    [InlineData("root@-oProxyCommand=x")]
    [InlineData("-l@host")]
    [InlineData("a@b@c")]
    [InlineData("@host")]
    [InlineData("root@")]
    [InlineData("")]
    [InlineData(" host")]
    [InlineData("host\n")]
    [InlineData("ho st")]
    [InlineData("$(reboot)")]
    [InlineData("`reboot`")]
    [InlineData("host|reboot")]
    [InlineData("host:22")]
    [InlineData("ssh://host")]
    [InlineData("host/..")]
    [InlineData("%h")]
    [InlineData("host%h")]
    [InlineData("[::1")]
    [InlineData("[host]")]
    [InlineData("fe80::1%-o")]
    [InlineData("höst")]
    public void Names_that_are_refused(string name)
    {
        HostAccessException e = Assert.Throws<HostAccessException>(() => HostAccessFactory.Open(name, null));
        Assert.Equal(HostAccessProblem.BadName, e.Problem);
    }

    [Fact]
    public void A_name_of_256_characters_is_refused() =>
        Assert.Equal(HostAccessProblem.BadName, Assert.Throws<HostAccessException>(() => SshTarget.Of(new string('a', 256))).Problem);

    [Fact]
    public void The_name_is_one_argument_behind_the_end_of_options()
    {
        string[] arguments = [.. SshProcess.Arguments("root@hv-07", new SshSettings { ConfigFile = "/x y" })];
        Assert.Equal(["-F", "/x y", "-T"], arguments[..3]);
        Assert.Equal(["--", "root@hv-07"], arguments[^3..^1]);
        Assert.DoesNotContain("hv-07", arguments[^1], StringComparison.Ordinal);
        Assert.Contains("BatchMode=yes", arguments);
        Assert.Contains("ConnectTimeout=10", arguments);
    }

    [Theory]
    [InlineData("a'b", @"'a'\''b'")]
    [InlineData("$(x) `y` \\", @"'$(x) `y` \'")]
    [InlineData("", "''")]
    public void Quoted_words(string text, string word) => Assert.Equal(word, ShellText.Quote(text));

    [Fact]
    public void Only_the_star_of_a_pattern_keeps_its_meaning() => Assert.Equal("'/sys/cpu'*'/[a]?$x/'*''", ShellText.QuotePattern("/sys/cpu*/[a]?$x/*"));

    [Fact]
    public void No_word_holds_a_NUL() => Assert.Throws<ArgumentException>(() => ShellText.Quote("a\0b"));
}
