using System.Management.Automation;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace VirtLatency.Shell.Everyday;

/// <summary>Format-List on the engine's own formatter.</summary>
[Cmdlet(VerbsCommon.Format, "List")]
public sealed class FormatListCommand : OuterFormatTableAndListBase
{
    /// <summary>Makes the cmdlet.</summary>
    public FormatListCommand() => EngineInternals.SetShape(this, "List");
}
