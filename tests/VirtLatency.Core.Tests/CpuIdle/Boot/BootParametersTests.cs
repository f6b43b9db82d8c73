using VirtLatency.CpuIdle.Boot;

namespace VirtLatency.Tests.CpuIdle.Boot;

/// <summary>Values that the kernel takes, those that it refuses, and those that a boot loader's file cannot carry.</summary>
public sealed class BootParametersTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>off is an int (drivers/cpuidle/cpuidle.c), which a value must follow; force is a bool, which may stand alone.</summary>
    [Theory]
    [InlineData("cpuidle.off", "1")]
    [InlineData("cpuidle.off", "0")]
    [InlineData("cpuidle.off", "0x1")]
    [InlineData("cpuidle_haltpoll.force", null)]
    [InlineData("cpuidle_haltpoll.force", "y")]
    [InlineData("intel_idle.no_acpi", "on")]
    [InlineData("nosmt", "force")]
    [InlineData("isolcpus", "2-5,8")]
    [InlineData("isolcpus", "nohz,domain,managed_irq,2-63:2/4,N")]
    [InlineData("nohz_full", "all")]
    [InlineData("cpuidle.governor", "menu")]
    [InlineData("cpuidle.governor", "teo_new-2")]
    [InlineData("intel_idle.states_off", "0x8")]
    public void Taken(string name, string? value) => Assert.Null(BootParameters.Complain(name, value));

    /// <summary>grub-mkconfig writes values as they are into a script, where ; ends a command and $ begins an expansion.</summary>
    [Theory]
    [InlineData("cpuidle.off", null)]
    [InlineData("cpuidle.off", "y")]
    [InlineData("cpuidle.off", "on")]
    [InlineData("cpuidle.off", "")]
    [InlineData("cpuidle.off", "99999999999")]
    [InlineData("isolcpus", "1;reboot&")]
    [InlineData("isolcpus", "1|x")]
    [InlineData("isolcpus", "$(x)")]
    [InlineData("isolcpus", "1\\")]
    [InlineData("isolcpus", "1'2")]
    [InlineData("isolcpus", "1{2}")]
    [InlineData("isolcpus", "1#2")]
    [InlineData("isolcpus", null)]
    [InlineData("nohz_full", "1;reboot&")]
    [InlineData("nohz_full", "1 idle=poll")]
    [InlineData("cpuidle.governor", "menu;halt")]
    [InlineData("cpuidle.governor", "a b")]
    [InlineData("cpuidle.governor", "sixteen_letters_")]
    [InlineData("cpuidle.governor", null)]
    [InlineData("intel_idle.max_cstate", "1;reboot")]
    [InlineData("idle", "poll;")]
    public void Refused(string name, string? value) => Assert.NotNull(BootParameters.Complain(name, value));

    [Theory]
    [InlineData("1", "there is no cpuidle: the architecture's own idle routine is used")]
    [InlineData("0x2", "there is no cpuidle: the architecture's own idle routine is used")]
    [InlineData("-1", "there is no cpuidle: the architecture's own idle routine is used")]
    [InlineData("0", null)]
    [InlineData("", "the kernel refuses this value and ignores the parameter")]
    [InlineData("y", "the kernel refuses this value and ignores the parameter")]
    [InlineData("on", "the kernel refuses this value and ignores the parameter")]
    [InlineData("3000000000", "the kernel refuses this value and ignores the parameter")]
    public void What_cpuidle_off_does(string value, string? effect)
    {
        BootTrees.Xeon(_folder.Path);

        Assert.Equal(effect, BootParameters.Effect("cpuidle.off", value, BootTrees.Table(_folder.Path), hasStatesOff: null));
    }

    [Theory]
    [InlineData("root=/dev/sda1 quiet", "")]
    [InlineData("ro intel_idle.max_cstate=1 processor.max_cstate=1 nohz=on", "intel_idle.max_cstate=1 processor.max_cstate=1")]
    [InlineData("intel-idle.states-off=8 isolcpus=2-3,6 nosmt", "intel-idle.states-off=8 isolcpus=2-3,6 nosmt")]
    [InlineData("dyndbg=\"file a.c +p ; idle=poll\" nohalt -- idle=halt", "nohalt")]
    [InlineData("intel_idle.no_native \"idle=poll\" xidle=poll", "intel_idle.no_native \"idle=poll\"")]
    public void Of_a_command_line(string line, string expected) => Assert.Equal(expected, BootParameters.Relevant(line));
}
