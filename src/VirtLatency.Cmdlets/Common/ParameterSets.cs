namespace VirtLatency.Common;

/// <summary>Names of parameter sets.</summary>
internal static class ParameterSets
{
    public const string Path = nameof(Path);
    public const string LiteralPath = nameof(LiteralPath);
    public const string Role = nameof(Role);
    public const string Hosts = nameof(Hosts);
    public const string CheckScript = nameof(CheckScript);
    public const string Until = nameof(Until);
    public const string MaxExitLatency = nameof(MaxExitLatency);
    public const string DeepestState = nameof(DeepestState);
    public const string DisableState = nameof(DisableState);
    public const string Journal = nameof(Journal);
    public const string Change = nameof(Change);
    public const string List = nameof(List);
    public const string Parameter = nameof(Parameter);
    public const string Limit = nameof(Limit);
}
