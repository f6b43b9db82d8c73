using System.Text;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace VirtLatency.HelpCompiler;

/// <summary>Markdown as the plain text of a help page: paragraphs, lists with dashes, code as it is.</summary>
internal static class HelpText
{
    public static string Of(IReadOnlyList<Block> blocks) => string.Join("\n\n", blocks.Select(Of)).Trim('\n');

    public static string Of(ContainerInline? inlines)
    {
        var text = new StringBuilder();
        foreach (Inline inline in inlines ?? [])
        {
            text.Append(inline switch
            {
                LiteralInline literal => literal.Content.ToString(),
                CodeInline code => code.Content,
                LineBreakInline => " ",
                ContainerInline inner => Of(inner),
                HtmlEntityInline entity => entity.Transcoded.ToString(),
                _ => string.Empty,
            });
        }

        return text.ToString();
    }

    private static string Of(Block block) => block switch
    {
        CodeBlock code => code.Lines.ToString(),
        ListBlock list => string.Join('\n', list.Select(item => "- " + Of([.. (ContainerBlock)item]))),
        LeafBlock leaf => Of(leaf.Inline),
        ContainerBlock container => Of([.. container]),
        _ => string.Empty,
    };
}
