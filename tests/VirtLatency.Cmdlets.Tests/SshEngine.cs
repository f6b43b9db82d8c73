using System.Management.Automation;

namespace VirtLatency.Tests;

/// <summary>
/// The engine with ssh's configuration of a test. The variable that names it belongs to the process, so tests that use it
/// are in one collection, which runs them one after the other.
/// </summary>
internal sealed class SshEngine : IDisposable
{
    public const string Collection = "ssh";

    private const string ConfigVariable = "VIRTLATENCY_SSH_CONFIG";

    private readonly Engine _engine;

    public SshEngine(string configFile)
    {
        Environment.SetEnvironmentVariable(ConfigVariable, configFile);
        _engine = new Engine();
    }

    public EngineResult Run(string script) => _engine.Run(script);

    /// <summary>Starts a script, and stops it, as Ctrl-C does, once something is so.</summary>
    /// <returns>What it had written until then.</returns>
    public IReadOnlyList<PSObject> StopWhen(string script, Func<bool> isSo)
    {
        using PowerShell shell = _engine.Create();
        using var output = new PSDataCollection<PSObject>();
        shell.AddScript(script);
        IAsyncResult running = shell.BeginInvoke<PSObject, PSObject>(null, output);
        for (long end = Environment.TickCount64 + 30_000; !isSo(); Thread.Sleep(2))
        {
            Assert.True(Environment.TickCount64 < end, "It did not come to pass.");
            Assert.False(running.IsCompleted, "The command ended before it could be stopped.");
        }

        shell.Stop();
        Assert.Equal(PSInvocationState.Stopped, shell.InvocationStateInfo.State);
        return [.. output];
    }

    public void Dispose()
    {
        _engine.Dispose();
        Environment.SetEnvironmentVariable(ConfigVariable, null);
    }
}
