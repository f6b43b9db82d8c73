using System.Management.Automation;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace VirtLatency.Shell.Everyday;

/// <summary>Format-Table on the engine's own formatter.</summary>
[Cmdlet(VerbsCommon.Format, "Table")]
public sealed class FormatTableCommand : OuterFormatTableBase
{
    /// <summary>Makes the cmdlet.</summary>
    public FormatTableCommand() => EngineInternals.SetShape(this, "Table");
}
