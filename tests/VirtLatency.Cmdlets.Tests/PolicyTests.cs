using System.Management.Automation;

namespace VirtLatency.Tests;

/// <summary>Rules that every cmdlet of the module keeps, seen from the engine as a user's session sees it.</summary>
public sealed class PolicyTests : IDisposable
{
    public static readonly IReadOnlyList<string> Surface =
    [
        "Compare-LatencyEnvironment", "Export-LatencyEnvironment", "Export-LatencyReport", "Get-CStateBootParameter", "Get-CStateConfig", "Get-CStateUsage", "Get-LatencyClosure", "Get-LatencyFinding", "Get-PacketBreakdown", "Get-SegmentBreakdown",
        "Import-IcmpPathLog", "Import-IcmpRttLog", "Import-KvmTunLog", "Import-LatencyEnvironment", "Import-PingLog", "Import-TunIrqLog", "Import-VhostWakeupLog",
        "Measure-FixEffect", "Measure-WakeupLatency", "Restore-CStateLimit", "Set-CStateBootParameter", "Set-CStateLimit", "Test-CStateLimit", "Use-CStateLimit",
    ];

    private readonly Engine _engine = new();

    public static TheoryData<string> Commands => [.. Surface];

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void The_manifest_exports_what_the_dll_has_and_nothing_else()
    {
        PSObject module = Assert.Single(_engine.Run("Get-Module VirtLatency").Output);
        var info = (PSModuleInfo)module.BaseObject;
        string[] inDll = info.ImplementingAssembly.GetExportedTypes()
            .SelectMany(type => type.GetCustomAttributes(inherit: false).OfType<CmdletAttribute>())
            .Select(cmdlet => $"{cmdlet.VerbName}-{cmdlet.NounName}")
            .Order(StringComparer.Ordinal)
            .ToArray();

        Assert.Equal(Surface, info.ExportedCmdlets.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(Surface, inDll);
        Assert.Empty(info.ExportedFunctions);
        Assert.Empty(info.ExportedAliases);
        Assert.Equal(new Version(7, 4), info.PowerShellVersion);
        Assert.Equal(["Core"], info.CompatiblePSEditions);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Names_classes_and_output_follow_the_rules(string name)
    {
        CmdletInfo command = Info(name);

        Assert.Contains(command.Verb, Verbs());
        Assert.DoesNotMatch("s$", command.Noun);
        Assert.Equal(name.Replace("-", string.Empty, StringComparison.Ordinal) + "Command", command.ImplementingType.Name);
        Assert.True(command.ImplementingType.IsSealed);
        Assert.NotEmpty(command.OutputType);
        Assert.False(string.IsNullOrEmpty(command.DefaultParameterSet));
        Assert.Contains(command.ParameterSets, set => set.Name == command.DefaultParameterSet);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Parameters_follow_the_rules(string name)
    {
        CmdletInfo command = Info(name);
        foreach (CommandParameterSetInfo set in command.ParameterSets)
        {
            Assert.True(set.Parameters.Count(parameter => parameter.ValueFromPipeline) <= 1, $"{name}, set {set.Name}: several parameters take the pipeline's value");
        }

        Assert.DoesNotContain(command.Parameters.Values, parameter => parameter.ParameterType == typeof(bool));
        bool writes = command.Verb is VerbsData.Export or VerbsData.Restore or VerbsCommon.Set or VerbsOther.Use;
        Assert.Equal(writes, command.Parameters.ContainsKey("WhatIf"));
        if (command.Parameters.TryGetValue("Path", out ParameterMetadata? path))
        {
            // A file to write is taken literally, and needs no second parameter for that.
            bool takesWildcards = path.Attributes.Any(attribute => attribute is SupportsWildcardsAttribute);
            Assert.Equal(!writes, takesWildcards);
            Assert.Equal(takesWildcards, command.Parameters.TryGetValue("LiteralPath", out ParameterMetadata? literal));
            Assert.True(literal is null || literal.Aliases.SequenceEqual(["PSPath", "LP"]));
            Assert.DoesNotContain(true, literal?.ParameterSets.Values.Select(set => set.ValueFromPipeline) ?? []);
        }
    }

    [Fact]
    public void The_same_parameter_name_has_the_same_type_everywhere()
    {
        IEnumerable<IGrouping<string, Type>> types = Surface
            .SelectMany(name => Info(name).Parameters.Values)
            .GroupBy(parameter => parameter.Name, parameter => parameter.ParameterType.IsArray ? parameter.ParameterType.GetElementType()! : parameter.ParameterType, StringComparer.OrdinalIgnoreCase);

        Assert.All(types, group => Assert.Single(group.Distinct()));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Output_types_are_flat_and_carry_units(string name)
    {
        foreach (Type type in Info(name).OutputType.Select(output => output.Type).Where(type => !type.IsPrimitive && type != typeof(object) && type != typeof(FileInfo)))
        {
            Assert.True(type.IsSealed && type.BaseType == typeof(object), $"{type.Name} inherits");
            foreach (System.Reflection.PropertyInfo property in type.GetProperties())
            {
                Assert.DoesNotMatch("^[A-Za-z]{1,3}[0-9]{1,7}$", property.Name);
                Type value = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
                bool isFlat = value == typeof(string) || value == typeof(DateTime) || value.IsPrimitive;
                Assert.True(isFlat || type.Name == "LatencyEnvironment", $"{type.Name}.{property.Name} is not flat");
                Assert.True(!property.Name.EndsWith("Us", StringComparison.Ordinal) || property.PropertyType == typeof(double?), $"{type.Name}.{property.Name} is no double?");
            }
        }
    }

    /// <summary>Only the views and types of the manifest: no script properties are added to any type.</summary>
    [Fact]
    public void No_script_property_is_added()
    {
        PSObject sample = _engine.Run("Import-IcmpRttLog ./examples/data/smtx/sfsvm-send.log | Select-Object -First 1").Output[0];

        Assert.All(sample.Properties, property => Assert.Equal(PSMemberTypes.Property, property.MemberType));
    }

    private static IEnumerable<string> Verbs() =>
        new[] { typeof(VerbsCommon), typeof(VerbsData), typeof(VerbsDiagnostic), typeof(VerbsLifecycle), typeof(VerbsSecurity), typeof(VerbsCommunications), typeof(VerbsOther) }
            .SelectMany(type => type.GetFields())
            .Select(field => (string)field.GetRawConstantValue()!);

    private CmdletInfo Info(string name) => (CmdletInfo)_engine.Run($"Get-Command {name}").Output[0].BaseObject;
}
