using VirtLatency.CpuIdle;
using Xunit;

namespace VirtLatency.Tests.CpuIdle;

/// <summary>Which states are left, worked out by hand from the kernel's governors (drivers/cpuidle/governors).</summary>
public sealed class IdleLimitTests
{
    /// <summary>POLL 0, C1 1, C1E 4, C6 290 us; off says which of them have the flag.</summary>
    [Theory]
    [InlineData("menu", "", IdleLimit.None, "POLL,C1,C1E,C6")]
    [InlineData("menu", "C1E", IdleLimit.None, "POLL,C1,C6")]
    [InlineData("menu", "C1,C1E,C6", IdleLimit.None, "POLL")]
    [InlineData("teo", "", 4, "POLL,C1,C1E")]
    [InlineData("menu", "", 3, "POLL,C1")]
    [InlineData("menu", "", 0, "POLL")]
    [InlineData("menu", "POLL", 0, "POLL")]
    [InlineData("menu", "POLL,C1", IdleLimit.None, "C1E,C6")]
    [InlineData("menu", "POLL,C1,C1E,C6", IdleLimit.None, "POLL")]
    [InlineData("ladder", "", IdleLimit.None, "POLL,C1,C1E,C6")]
    [InlineData("ladder", "C1", IdleLimit.None, "POLL,C1,C1E,C6")]
    [InlineData("ladder", "C1E", IdleLimit.None, "POLL,C1")]
    [InlineData("ladder", "C6", IdleLimit.None, "POLL,C1,C1E")]
    [InlineData("ladder", "C1,C1E,C6", IdleLimit.None, "POLL,C1")]
    [InlineData("ladder", "", 4, "POLL,C1,C1E")]
    [InlineData("ladder", "", 0, "POLL")]
    [InlineData("haltpoll", "", IdleLimit.None, "POLL,C1")]
    [InlineData("haltpoll", "C1,C1E,C6", IdleLimit.None, "POLL,C1")]
    [InlineData("haltpoll", "", 0, "POLL")]
    public void States_left_under_each_governor(string governor, string off, long limit, string left)
    {
        IdleCpu cpu = Cpu([.. SysTree.Xeon.Select((state, index) => State(index, state.Name, state.Latency, off.Split(',').Contains(state.Name)))]);

        Assert.Equal(left, string.Join(',', IdleLimit.Enterable(governor, cpu, limit).Select(state => state.Name)));
    }

    /// <summary>A table without busy waiting: ladder begins at its first state, and no limit takes that away.</summary>
    [Theory]
    [InlineData("menu", 1, "WFI")]
    [InlineData("menu", 0, "WFI")]
    [InlineData("ladder", 10, "WFI")]
    [InlineData("ladder", 200, "WFI,sleep")]
    public void Without_polling_the_first_state_stays(string governor, long limit, string left)
    {
        IdleCpu cpu = Cpu(State(0, "WFI", 2, isOff: governor == "ladder"), State(1, "sleep", 100, isOff: false));

        Assert.Equal(left, string.Join(',', IdleLimit.Enterable(governor, cpu, limit).Select(state => state.Name)));
        Assert.False(IdleLimit.LeavesPollingOnly(governor, cpu, limit));
    }

    [Theory]
    [InlineData(0, "POLL", null, 0L, true)]
    [InlineData(0, "poll", null, null, true)]
    [InlineData(0, "state0", null, 0L, true)]
    [InlineData(0, "state0", null, null, true)]
    [InlineData(0, "C0", "CPUIDLE CORE POLL IDLE", null, true)]
    [InlineData(0, "snooze", "snooze", 0L, true)]
    [InlineData(0, "WFI", "ARM WFI", 1L, false)]
    [InlineData(0, "C1", null, null, false)]
    [InlineData(1, "C1", "ACPI HLT", 0L, false)]
    [InlineData(1, "state1", null, null, false)]
    public void Busy_waiting_by_what_can_be_read(int index, string name, string? description, long? latency, bool isPolling) =>
        Assert.Equal(isPolling, (State(index, name, latency, isOff: false) with { Description = description }).IsPolling);

    [Theory]
    [InlineData("0", IdleLimit.None)]
    [InlineData("n/a", 0L)]
    [InlineData("20", 20L)]
    [InlineData("much", IdleLimit.None)]
    [InlineData(null, IdleLimit.None)]
    public void The_stricter_of_cpu_and_device(string? text, long own)
    {
        IdleCpu cpu = Cpu() with { ResumeLatencyLimit = text };

        Assert.Equal(own, IdleLimit.Of(cpu));
        Assert.Equal(Math.Min(own, 10), IdleLimit.Of(cpu, 10));
    }

    private static IdleCpu Cpu(params IdleState[] states) => new(0, true, states, "0");

    private static IdleState State(int index, string name, long? latency, bool isOff) => new(index, name, null, latency, null, isOff, null, null, null, null, null, null);
}
