using System.Management.Automation;
using VirtLatency.Common;
using VirtLatency.CpuIdle;
using VirtLatency.CpuIdle.Boot;
using VirtLatency.Model;

namespace VirtLatency.Commands;

/// <summary>
/// Set-CStateBootParameter: one kernel parameter of idle states in one boot file of this machine or of a tree. The file is
/// replaced whole, with a backup beside it; nothing is rebooted.
/// </summary>
[Cmdlet(VerbsCommon.Set, "CStateBootParameter", DefaultParameterSetName = ParameterSets.Parameter, SupportsShouldProcess = true)]
[OutputType(typeof(CStateBootChange))]
public sealed class SetCStateBootParameterCommand : PSCmdlet
{
    /// <summary>The parameter.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ParameterSets.Parameter)]
    [ValidateNotNullOrEmpty]
    public string Parameter { get; set; } = string.Empty;

    /// <summary>Its value; without one, and without -Remove, the parameter stands alone.</summary>
    [Parameter(Position = 1, ParameterSetName = ParameterSets.Parameter)]
    [ValidateNotNullOrEmpty]
    public string? Value { get; set; }

    /// <summary>Takes the parameter out.</summary>
    [Parameter(ParameterSetName = ParameterSets.Parameter)]
    public SwitchParameter Remove { get; set; }

    /// <summary>Chooses parameter and value by the host's own table: states that take longer than this to leave are kept out.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParameterSets.Limit)]
    [ValidateRange(0, 1_000_000)]
    public double MaxExitLatencyUs { get; set; }

    /// <summary>The file to edit, as the host has it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? BootFile { get; set; }

    /// <summary>A tree to edit in place of this machine: the folder that holds its etc and boot.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SysRoot { get; set; }

    /// <summary>Allows a value that leaves polling only.</summary>
    [Parameter]
    public SwitchParameter AllowPolling { get; set; }

    /// <summary>Runs the distribution's command that carries the setting to the boot loader's files.</summary>
    [Parameter]
    public SwitchParameter Regenerate { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        string? root = SysRoot is null ? string.Empty : PathResolver.Existing(this, SysRoot);
        if (root is null)
        {
            return;
        }

        if (Regenerate && root.Length > 0)
        {
            ThrowTerminatingError(ErrorFactory.RegenerateNeedsHost(root));
        }

        root = root.TrimEnd('/');
        using LocalHost host = root.Length == 0 ? LocalHost.Live() : LocalHost.Captured(root);
        CpuIdleSnapshot snapshot = CpuIdleReader.Read(host);
        IdleTable table = IdleTable.Of(snapshot);
        BootConfiguration boot = BootConfiguration.Read(host);
        if (Wanted(host.HostName, table, boot) is not { } wanted)
        {
            return;
        }

        (string name, string? value) = wanted;
        string? word = Remove ? null : KernelCommandLine.WordOf(name, value);
        try
        {
            BootEdit edit = BootEdit.Plan(root, boot, BootFile, name, word);
            Apply(host.HostName, edit, name, word, value, NoteOf(table, boot, name, Remove ? null : value ?? string.Empty), RegenerateCommand.Of(boot, edit.Path, name, word, snapshot.KernelRelease));
        }
        catch (BootFileException e)
        {
            ThrowTerminatingError(ErrorFactory.BootFile(e));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(ErrorFactory.BootFileNotWritten(BootFile ?? "the boot file", e));
        }
    }

    private static string? NoteOf(IdleTable table, BootConfiguration boot, string name, string? value)
    {
        string? states = BootRows.Outcome(boot, table, name, value);
        string? effect = BootParameters.Effect(name, value, table, boot.Tree.HasIntelIdleParameter("states_off"));
        return string.Join(". ", ((string?[])[states, effect]).OfType<string>()) is { Length: > 0 } text ? text : null;
    }

    private (string Name, string? Value)? Wanted(string hostName, IdleTable table, BootConfiguration boot)
    {
        (string Name, string? Value) wanted;
        if (ParameterSetName == ParameterSets.Limit)
        {
            if (table.Within(MaxExitLatencyUs).All(state => state.IsPolling) && table.States.Count > 0)
            {
                WriteError(ErrorFactory.BootPollingOnly(hostName, MaxExitLatencyUs, table.States.FirstOrDefault(state => !state.IsPolling)));
                return null;
            }

            if (BootAdvice.ParameterOf(table, MaxExitLatencyUs, boot.Tree.HasIntelIdleParameter("states_off")) is not { } chosen || !table.IsUniform)
            {
                WriteError(ErrorFactory.BootLimitImpossible(hostName, table.Driver, MaxExitLatencyUs, table.IsUniform));
                return null;
            }

            wanted = chosen;
        }
        else
        {
            wanted = (BootParameters.Names.FirstOrDefault(name => new KernelArgument(name, null, 0, 0).Is(Parameter)) ?? Parameter, Value);
            if (!BootParameters.Names.Contains(wanted.Name, StringComparer.Ordinal))
            {
                ThrowTerminatingError(ErrorFactory.BootParameterUnknown(Parameter));
            }

            if (Remove && Value is not null)
            {
                ThrowTerminatingError(ErrorFactory.ParametersExclude(nameof(Remove), nameof(Value), "what is taken out has no value"));
            }

            if (!Remove && BootParameters.Complain(wanted.Name, wanted.Value) is { } complaint)
            {
                ThrowTerminatingError(ErrorFactory.BootValueInvalid(wanted.Name, wanted.Value, complaint));
            }
        }

        if (!Remove && !AllowPolling && table.LeftBy(wanted.Name, wanted.Value) is { } left && left.All(state => state.IsPolling))
        {
            WriteError(ErrorFactory.BootPollingOnly(hostName, null, table.States.FirstOrDefault(state => !state.IsPolling)));
            return null;
        }

        return wanted;
    }

    private void Apply(string hostName, BootEdit edit, string name, string? word, string? value, string? note, (IReadOnlyList<string> Arguments, string? Note) command)
    {
        string? line = RegenerateCommand.TextOf(command.Arguments);
        bool regenerates = Regenerate && line is not null;
        bool isNeeded = edit.IsNeeded;
        if (isNeeded || regenerates)
        {
            string what = string.Join('\n', ((string?[])
            [
                isNeeded ? $"{(word is null ? "Take out " + name : "Set " + word)} in {edit.Path} of {hostName}:\n{edit.Difference}" : null,
                regenerates ? $"Run on {hostName}: {line}" : null,
            ]).OfType<string>());
            if (!ShouldProcess(what, what, "Boot parameters of " + hostName))
            {
                return;
            }
        }

        string? backup = isNeeded ? edit.Write() : null;
        var change = new CStateBootChange
        {
            HostName = hostName,
            Parameter = name,
            Before = edit.Before,
            After = word is null ? null : value ?? string.Empty,
            Changed = isNeeded,
            BootFile = edit.Path,
            Backup = backup,
            Difference = isNeeded ? edit.Difference : null,
            RegenerateCommand = line,
            Regenerated = regenerates && Run(command.Arguments),
            Note = string.Join(". ", ((string?[])[note, command.Note]).OfType<string>()) is { Length: > 0 } text ? text : null,
        };
        WriteObject(change);
    }

    private bool Run(IReadOnlyList<string> arguments)
    {
        (int code, string output) = RegenerateCommand.Run(arguments);
        WriteVerbose(output);
        if (code != 0)
        {
            WriteError(ErrorFactory.RegenerateFailed(RegenerateCommand.TextOf(arguments)!, code, output));
        }

        return code == 0;
    }
}
