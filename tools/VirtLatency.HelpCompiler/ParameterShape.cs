using System.Globalization;
using System.Management.Automation;

namespace VirtLatency.HelpCompiler;

/// <summary>A parameter in one parameter set.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="IsMandatory">Whether it must be given.</param>
/// <param name="Position">Position as text, or named.</param>
/// <param name="Pipeline">How the pipeline fills it.</param>
/// <param name="TakesWildcards">Whether wildcards are resolved.</param>
/// <param name="Aliases">Other names.</param>
/// <param name="Values">Values of an enumeration.</param>
public sealed record ParameterShape(
    string Name,
    string Type,
    bool IsMandatory,
    string Position,
    string Pipeline,
    bool TakesWildcards,
    string Aliases,
    IReadOnlyList<string> Values)
{
    /// <summary>Positional parameters first.</summary>
    public string SortKey => (Position == "named" ? "~" : Position) + (IsMandatory ? "0" : "1");

    /// <summary>True for a switch.</summary>
    public bool IsSwitch => Type == nameof(SwitchParameter);

    /// <summary>Describes a parameter.</summary>
    /// <param name="parameter">What the engine says.</param>
    /// <returns>The description.</returns>
    public static ParameterShape Of(CommandParameterInfo parameter)
    {
        Type type = parameter.ParameterType;
        Type element = Nullable.GetUnderlyingType(type) ?? (type.IsArray ? type.GetElementType()! : type);
        string[] pipeline =
        [
            .. parameter.ValueFromPipeline ? ["ByValue"] : Array.Empty<string>(),
            .. parameter.ValueFromPipelineByPropertyName ? ["ByPropertyName"] : Array.Empty<string>(),
        ];
        return new ParameterShape(
            parameter.Name,
            type.IsArray ? element.Name + "[]" : element.Name,
            parameter.IsMandatory,
            parameter.Position < 0 ? "named" : parameter.Position.ToString(CultureInfo.InvariantCulture),
            pipeline.Length == 0 ? "False" : $"True ({string.Join(", ", pipeline)})",
            parameter.Attributes.OfType<SupportsWildcardsAttribute>().Any(),
            parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases),
            element.IsEnum ? Enum.GetNames(element) : []);
    }
}
