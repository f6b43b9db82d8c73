using System.Xml.Linq;

namespace VirtLatency.HelpCompiler;

/// <summary>Writes pages as MAML, the XML that Get-Help reads for cmdlets of a dll.</summary>
internal static class MamlWriter
{
    private static readonly XNamespace Msh = "http://msh";
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    public static void Write(string path, IEnumerable<(CommandShape Shape, HelpPage Page)> pages)
    {
        var root = new XElement(Msh + "helpItems", new XAttribute("schema", "maml"), pages.Select(item => PageOf(item.Shape, item.Page)));
        new XDocument(new XDeclaration("1.0", "utf-8", null), root).Save(path);
    }

    private static XElement PageOf(CommandShape shape, HelpPage page)
    {
        Check(shape, page);
        string[] name = shape.Name.Split('-');
        return new XElement(
            Command + "command",
            new XAttribute(XNamespace.Xmlns + "maml", Maml),
            new XAttribute(XNamespace.Xmlns + "command", Command),
            new XAttribute(XNamespace.Xmlns + "dev", Dev),
            new XElement(
                Command + "details",
                new XElement(Command + "name", shape.Name),
                new XElement(Command + "verb", name[0]),
                new XElement(Command + "noun", name[1]),
                new XElement(Maml + "description", Paragraphs(page.Synopsis))),
            new XElement(Maml + "description", Paragraphs(page.Description)),
            new XElement(Command + "syntax", shape.Sets.Select(set => new XElement(
                Command + "syntaxItem",
                new XElement(Maml + "name", shape.Name),
                set.Select(parameter => ParameterOf(parameter, page))))),
            new XElement(Command + "parameters", shape.Parameters.Select(parameter => ParameterOf(parameter, page))),
            new XElement(Command + "inputTypes", page.Inputs.Select(input => TypeOf("inputType", input.Type, input.Text))),
            new XElement(Command + "returnValues", page.Outputs.Select(output => TypeOf("returnValue", output.Type, output.Text))),
            new XElement(Maml + "alertSet", new XElement(Maml + "alert", Paragraphs("Errors by id:\n\n" + page.Errors))),
            new XElement(Command + "examples", page.Examples.Select(ExampleOf)),
            new XElement(Maml + "relatedLinks", page.Related.Select(name => new XElement(
                Maml + "navigationLink", new XElement(Maml + "linkText", name), new XElement(Maml + "uri")))));
    }

    private static void Check(CommandShape shape, HelpPage page)
    {
        string[] real = shape.Parameters.Select(parameter => parameter.Name).ToArray();
        string[] undocumented = real.Except(page.Parameters.Keys, StringComparer.Ordinal).ToArray();
        string[] invented = page.Parameters.Keys.Except(real, StringComparer.Ordinal).ToArray();
        if (page.Name != shape.Name || undocumented.Length > 0 || invented.Length > 0)
        {
            throw new HelpPageException(page.Path, $"page of {page.Name} for {shape.Name}; parameters without text: [{string.Join(", ", undocumented)}]; texts without parameter: [{string.Join(", ", invented)}]");
        }
    }

    private static XElement ParameterOf(ParameterShape parameter, HelpPage page) => new(
        Command + "parameter",
        new XAttribute("required", parameter.IsMandatory ? "true" : "false"),
        new XAttribute("globbing", parameter.TakesWildcards ? "true" : "false"),
        new XAttribute("pipelineInput", parameter.Pipeline),
        new XAttribute("position", parameter.Position),
        new XAttribute("aliases", parameter.Aliases),
        new XElement(Maml + "name", parameter.Name),
        new XElement(Maml + "description", Paragraphs(page.Parameters[parameter.Name])),
        parameter.Values.Count == 0 ? null : new XElement(Command + "parameterValueGroup", parameter.Values.Select(value => new XElement(
            Command + "parameterValue", new XAttribute("required", "false"), value))),
        parameter.IsSwitch ? null : new XElement(Command + "parameterValue", new XAttribute("required", "true"), parameter.Type),
        new XElement(Dev + "type", new XElement(Maml + "name", parameter.Type), new XElement(Maml + "uri")));

    private static XElement TypeOf(string element, string type, string text) => new(
        Command + element,
        new XElement(Dev + "type", new XElement(Maml + "name", type)),
        new XElement(Maml + "description", Paragraphs(text)));

    private static XElement ExampleOf((string Title, string Code, string Remarks) example) => new(
        Command + "example",
        new XElement(Maml + "title", example.Title),
        new XElement(Dev + "code", example.Code),
        // The empty paragraph keeps the next example apart.
        new XElement(Dev + "remarks", Paragraphs(example.Remarks), new XElement(Maml + "para")));

    private static IEnumerable<XElement> Paragraphs(string text) =>
        text.Split("\n\n").Select(paragraph => new XElement(Maml + "para", paragraph));
}
