using System.Management.Automation;
using System.Management.Automation.Language;

namespace VirtLatency.Tests;

/// <summary>Get-LatencyFinding in the engine, and the commands that it proposes.</summary>
public sealed class FindingCommandTests : IDisposable
{
    private const string All = """
        $smtx, $zbs, $after = Import-LatencyEnvironment ./examples/data/smtx, ./examples/data/zbs, ./examples/data/zbs-c6off
        $hosts = Get-CStateConfig -SysRoot ./examples/hosts/hv-07, ./examples/hosts/hv-08
        """;

    private readonly Engine _engine = new();

    public void Dispose() => _engine.Dispose();

    /// <summary>PowerShell takes every proposed text, and where it names a cmdlet of the module, that has the parameters.</summary>
    [Fact]
    public void Every_next_step_can_be_pasted()
    {
        string[] steps = [.. Findings("Get-LatencyFinding $smtx $zbs -After $after -CStateConfig $hosts").Select(finding => (string)finding.Properties["NextStep"].Value)];
        CommandAst[] commands = [.. steps.SelectMany(Commands)];

        Assert.True(steps.Length > 15);
        Assert.Contains(commands, command => command.GetCommandName() == "Get-CStateBootParameter");
        Assert.All(commands.Where(command => PolicyTests.Surface.Contains(command.GetCommandName())), AssertParameters);
    }

    /// <summary>What names variables of this session only is run as well.</summary>
    [Fact]
    public void Comparing_steps_run()
    {
        string[] steps = [.. Findings("Get-LatencyFinding $smtx $zbs")
            .Select(finding => (string)finding.Properties["NextStep"].Value)
            .Where(step => step.StartsWith("Compare-", StringComparison.Ordinal) || step.StartsWith("Get-LatencyClosure", StringComparison.Ordinal) || step.StartsWith("Get-SegmentBreakdown", StringComparison.Ordinal) || step.StartsWith('$'))
            .Distinct()];

        Assert.True(steps.Length >= 4);
        Assert.All(steps, step =>
        {
            EngineResult result = _engine.Run(All + "\n" + step);
            Assert.Null(result.Terminating);
            Assert.Empty(result.Errors);
            Assert.NotEmpty(result.Output);
        });
    }

    [Theory]
    [InlineData("Get-LatencyFinding $smtx 5", "InputNotLatencyData,VirtLatency.Commands.GetLatencyFindingCommand")]
    [InlineData("Get-LatencyFinding ($smtx, $zbs) $zbs", "SeveralReferences,VirtLatency.Commands.GetLatencyFindingCommand")]
    [InlineData("$smtx | Get-LatencyFinding -After 5", "InputNotLatencyData,VirtLatency.Commands.GetLatencyFindingCommand")]
    public void Other_objects_are_refused(string script, string id) =>
        Assert.Equal(id, Assert.Single(_engine.Run(All + "\n" + script).Errors).FullyQualifiedErrorId);

    [Fact]
    public void The_confidence_level_reaches_the_intervals()
    {
        string wide = Evidence("-ConfidenceLevel 0.99");
        string narrow = Evidence("-ConfidenceLevel 0.8");

        Assert.NotEqual(wide, narrow);

        string Evidence(string parameters) => (string)Findings($"Get-LatencyFinding $smtx $zbs {parameters} | Where-Object Rule -eq RoundTripDiffers")[0].Properties["Evidence"].Value;
    }

    [Fact]
    public void Several_environments_in_question_are_compared_one_by_one()
    {
        IReadOnlyList<PSObject> findings = Findings("Get-LatencyFinding $smtx $zbs, $smtx");

        Assert.Equal(["zbs"], Compared("RoundTripDiffers"));
        Assert.Equal(["smtx"], Compared("SameLogs"));
        Assert.Equal(["zbs", "smtx"], Compared("TooFewRuns"));

        IEnumerable<string> Compared(string rule) => findings.Where(finding => (string)finding.Properties["Rule"].Value == rule).Select(finding => (string)finding.Properties["DifferenceEnvironment"].Value);
    }

    private static IEnumerable<CommandAst> Commands(string step)
    {
        ScriptBlockAst script = Parser.ParseInput(step, out _, out ParseError[] errors);
        Assert.True(errors.Length == 0, $"{step}: {(errors.Length == 0 ? null : errors[0].Message)}");
        return script.FindAll(node => node is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>();
    }

    private void AssertParameters(CommandAst command)
    {
        var info = (CmdletInfo)_engine.Run("Get-Command " + command.GetCommandName()).Output[0].BaseObject;
        Assert.All(command.CommandElements.OfType<CommandParameterAst>(), parameter => Assert.True(info.Parameters.ContainsKey(parameter.ParameterName), $"{info.Name} has no -{parameter.ParameterName}"));
    }

    private IReadOnlyList<PSObject> Findings(string script)
    {
        EngineResult result = _engine.Run(All + "\n" + script);
        Assert.Null(result.Terminating);
        Assert.Empty(result.Errors);
        return result.Output;
    }
}
