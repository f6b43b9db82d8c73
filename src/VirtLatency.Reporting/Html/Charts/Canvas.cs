using System.Globalization;

namespace VirtLatency.Reporting.Html.Charts;

/// <summary>
/// Draws into one inline SVG: across in percent of the width, down in pixels, colours by class. A plotting library was
/// looked at and left: OxyPlot writes fixed colours and a fixed size into each shape, and no texts for those who do not see,
/// so that its pictures stay light on a dark page and become unreadable on a phone.
/// </summary>
internal sealed class Canvas(Markup html)
{
    /// <summary>A number so near to an end stands inside of it, in percent of the width.</summary>
    private const double EndZone = 6;

    /// <summary>Height of an axis under a picture.</summary>
    public const double AxisHeight = 22;

    /// <summary>A bar between two latencies, in either order.</summary>
    /// <param name="scale">Places them.</param>
    /// <param name="ends">The two latencies in us.</param>
    /// <param name="top">Its upper edge.</param>
    /// <param name="height">Its height.</param>
    /// <param name="look">Its classes.</param>
    /// <param name="hint">What it says when it is pointed at.</param>
    public void Bar(Scale scale, (double From, double To) ends, double top, double height, string look, string? hint = null)
    {
        double left = scale.At(Math.Min(ends.From, ends.To));
        string width = Scale.Percent(scale.At(Math.Max(ends.From, ends.To)) - left);
        using (html.In("rect", ("x", Scale.Percent(left)), ("y", Pixels(top)), ("width", width), ("height", Pixels(height)), ("class", look)))
        {
            if (hint is not null)
            {
                html.Element("title", hint);
            }
        }

        if (look.EndsWith(BasisClass.Of(Model.Basis.Derived), StringComparison.Ordinal))
        {
            html.Void("rect", ("x", Scale.Percent(left)), ("y", Pixels(top)), ("width", width), ("height", Pixels(height)), ("class", "hatched"));
        }
    }

    /// <summary>A line between two places.</summary>
    public void Line(double fromX, double fromY, double toX, double toY, string look) =>
        html.Void("line", ("x1", Scale.Percent(fromX)), ("y1", Pixels(fromY)), ("x2", Scale.Percent(toX)), ("y2", Pixels(toY)), ("class", look));

    public void Dot(double x, double y, double radius, string look) =>
        html.Void("circle", ("cx", Scale.Percent(x)), ("cy", Pixels(y)), ("r", Pixels(radius)), ("class", look));

    /// <summary>Words: from a place to the right, or to the left of it, or around it.</summary>
    /// <param name="x">The place in percent.</param>
    /// <param name="baseline">Where the letters stand.</param>
    /// <param name="words">The words.</param>
    /// <param name="look">Classes: end, middle, muted, strong, on.</param>
    /// <param name="shift">Pixels to the right of the place.</param>
    public void Words(double x, double baseline, string words, string? look = null, double shift = 0) =>
        html.Element("text", words, ("x", Scale.Percent(x)), ("y", Pixels(baseline)), ("dx", shift == 0 ? null : Pixels(shift)), ("class", look));

    /// <summary>A curve in a frame of its own that is stretched to the width.</summary>
    /// <param name="scale">Places latencies.</param>
    /// <param name="points">Latency in us and height from 0 (bottom) to 1 (top).</param>
    /// <param name="top">Upper edge of the frame.</param>
    /// <param name="height">Height of the frame.</param>
    /// <param name="look">Classes of the curve.</param>
    public void Curve(Scale scale, IEnumerable<(double Us, double Share)> points, double top, double height, string look)
    {
        IEnumerable<string> places = points.Select(point => FormattableString.Invariant($"{10 * scale.At(point.Us):0.#},{100 * (1 - point.Share):0.##}"));
        using (html.In("svg", ("x", "0"), ("y", Pixels(top)), ("width", "100%"), ("height", Pixels(height)), ("viewBox", "0 0 1000 100"), ("preserveAspectRatio", "none"), ("class", "frame")))
        {
            html.Void("polyline", ("points", string.Join(' ', places)), ("class", look));
        }
    }

    /// <summary>Round latencies with lines through the picture.</summary>
    /// <param name="scale">Places them.</param>
    /// <param name="top">Where the lines begin.</param>
    /// <param name="bottom">Where they end and the numbers stand.</param>
    public void Axis(Scale scale, double top, double bottom)
    {
        IReadOnlyList<double> ticks = scale.Ticks();
        for (int i = 0; i < ticks.Count; i++)
        {
            double x = scale.At(ticks[i]);
            Line(x, top, x, bottom + 4, "grid");
            string anchor = x > 100 - EndZone ? " end" : x < EndZone ? string.Empty : " middle";
            string unit = i == ticks.Count - 1 ? " us" : string.Empty;
            Words(x, bottom + 17, ticks[i].ToString("0.######", CultureInfo.InvariantCulture) + unit, "muted" + anchor);
        }
    }

    public void LineEnd() => html.Line();

    public static string Pixels(double length) => length.ToString("0.##", CultureInfo.InvariantCulture);
}
