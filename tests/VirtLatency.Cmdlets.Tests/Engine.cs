using System.Management.Automation;
using System.Management.Automation.Runspaces;
using VirtLatency.Shell;

namespace VirtLatency.Tests;

/// <summary>The genuine engine with the staged module, one runspace per test.</summary>
internal sealed class Engine : IDisposable
{
    public static readonly string Manifest = Path.Combine(RepositoryFolder.Root, "out", "VirtLatency", "VirtLatency.psd1");

    private readonly Runspace _runspace;

    public Engine()
    {
        // Modules that happen to be installed on the machine must not take part.
        Environment.SetEnvironmentVariable("PSModulePath", Path.Combine(Path.GetTempPath(), "no-modules"));
        var state = InitialSessionState.CreateDefault2();
        EverydayCommands.AddTo(state);
        state.ImportPSModule([Manifest]);
        _runspace = RunspaceFactory.CreateRunspace(state);
        _runspace.Open();
        _runspace.SessionStateProxy.Path.SetLocation(RepositoryFolder.Root);
    }

    public void Dispose() => _runspace.Dispose();

    public PowerShell Create() => PowerShell.Create(_runspace);

    public void Set(string variable, object? value) => _runspace.SessionStateProxy.SetVariable(variable, value);

    public EngineResult Run(string script)
    {
        using PowerShell shell = Create();
        shell.AddScript(script);
        IReadOnlyList<PSObject> output = [];
        ErrorRecord? terminating = null;
        try
        {
            output = [.. shell.Invoke()];
        }
        catch (RuntimeException e)
        {
            terminating = e.ErrorRecord;
        }

        return new EngineResult(
            output,
            [.. shell.Streams.Error],
            [.. shell.Streams.Warning.Select(record => record.Message)],
            [.. shell.Streams.Verbose.Select(record => record.Message)],
            terminating);
    }
}
