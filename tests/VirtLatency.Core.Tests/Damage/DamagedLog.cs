using System.Text;

namespace VirtLatency.Tests.Damage;

/// <summary>A log after an accident: pieces of it, some missing, some in another place, some of another log between them.</summary>
internal sealed class DamagedLog
{
    private readonly List<(int Start, int End)> _pieces = [];
    private readonly List<int> _offsets = [];
    private readonly StringBuilder _text = new();
    private readonly string _log;

    private DamagedLog(string log) => _log = log;

    public string Text => _text.ToString();

    /// <summary>A cut, a splice or a swap, at bytes that have nothing to do with lines.</summary>
    public static DamagedLog Of(Random random, string log, string other)
    {
        var damaged = new DamagedLog(log);
        int[] cuts = [.. Enumerable.Range(0, 4).Select(_ => random.Next(log.Length + 1)).Order()];
        switch (random.Next(3))
        {
            case 0:
                damaged.Keep(0, cuts[0]).Keep(cuts[1], log.Length);
                break;
            case 1:
                int from = random.Next(other.Length);
                damaged.Keep(0, cuts[0]).Insert(other[from..random.Next(from, other.Length)]).Keep(cuts[1], log.Length);
                break;
            default:
                damaged.Keep(0, cuts[0]).Keep(cuts[2], cuts[3]).Keep(cuts[1], cuts[2]).Keep(cuts[0], cuts[1]).Keep(cuts[3], log.Length);
                break;
        }

        return damaged;
    }

    /// <summary>Whether the part stands in the damaged text as it was, at the beginning of a line.</summary>
    public bool Holds(int start, int end)
    {
        for (int i = 0; i < _pieces.Count; i++)
        {
            if (_pieces[i].Start <= start && end <= _pieces[i].End)
            {
                int at = _offsets[i] + start - _pieces[i].Start;
                return at == 0 || _text[at - 1] == '\n';
            }
        }

        return false;
    }

    private DamagedLog Keep(int start, int end)
    {
        _pieces.Add((start, end));
        _offsets.Add(_text.Length);
        _text.Append(_log, start, end - start);
        return this;
    }

    private DamagedLog Insert(string foreign)
    {
        _text.Append(foreign);
        return this;
    }
}
