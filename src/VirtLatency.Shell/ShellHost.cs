using System.Globalization;
using System.Management.Automation.Host;

namespace VirtLatency.Shell;

/// <summary>The engine's view of this program.</summary>
internal sealed class ShellHost : PSHost
{
    private readonly ShellUserInterface _ui;

    public ShellHost(ITerminal terminal) => _ui = new ShellUserInterface(terminal);

    /// <summary>The code of an exit statement; null while none was run.</summary>
    public int? ExitCode { get; private set; }

    public override CultureInfo CurrentCulture { get; } = CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture { get; } = CultureInfo.CurrentUICulture;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => "VirtLatency.Shell";

    public override PSHostUserInterface UI => _ui;

    public override Version Version { get; } = typeof(ShellHost).Assembly.GetName().Version ?? new Version(0, 0);

    public override void EnterNestedPrompt() => throw new NotSupportedException("This shell has no nested prompt; use pwsh to debug.");

    public override void ExitNestedPrompt() => throw new NotSupportedException("This shell has no nested prompt; use pwsh to debug.");

    public override void NotifyBeginApplication()
    {
        // Native programs write to the same console; nothing to hand over.
    }

    public override void NotifyEndApplication()
    {
        // As above.
    }

    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;
}
