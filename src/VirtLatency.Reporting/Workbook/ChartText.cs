using DocumentFormat.OpenXml.Drawing.Charts;
using ChartTextElement = DocumentFormat.OpenXml.Drawing.Charts.ChartText;
using A = DocumentFormat.OpenXml.Drawing;

namespace VirtLatency.Reporting.Workbook;

/// <summary>Texts and fills of charts.</summary>
internal static class ChartText
{
    private const int QuarterTurn = -5_400_000;

    /// <summary>A title of a chart or an axis.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="size">Height of its letters in hundredths of a point.</param>
    /// <param name="isTurned">True for one that is read from below.</param>
    public static Title Title(string text, int size, bool isTurned)
    {
        var body = new A.BodyProperties();
        if (isTurned)
        {
            body.Rotation = QuarterTurn;
            body.Vertical = A.TextVerticalValues.Horizontal;
        }

        return new Title(
            new ChartTextElement(new RichText(
                body,
                new A.ListStyle(),
                new A.Paragraph(
                    new A.ParagraphProperties(new A.DefaultRunProperties { FontSize = size, Bold = true }),
                    new A.Run(new A.RunProperties { FontSize = size, Bold = true }, new A.Text(CellText.Of(text)))))),
            new Overlay { Val = false });
    }

    /// <summary>How labels look.</summary>
    /// <param name="size">Height of the letters in hundredths of a point.</param>
    public static TextProperties Letters(int size) => new(
        new A.BodyProperties(),
        new A.ListStyle(),
        new A.Paragraph(new A.ParagraphProperties(new A.DefaultRunProperties(Solid("000000")) { FontSize = size }), new A.EndParagraphRunProperties { Language = "en-US" }));

    public static A.SolidFill Solid(string colour) => new(new A.RgbColorModelHex { Val = colour });
}
