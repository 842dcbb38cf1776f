namespace LiquidControl.Neural.Certificates;

/// <summary>A set that holds every state that is reachable from zero.</summary>
/// <remarks>
/// Let R be the reachable states and F the step over ranges. If T holds R, then so does the hull of 0 and F(T), for a reachable state is zero or
/// one step from a reachable one; hence so does its intersection with T, and the set shrinks from all states downwards for as long as one
/// likes. Where that ends without a bound, a set is grown from a seed that holds zero until F(T) lies within T: by induction over the steps it
/// holds R.
/// </remarks>
internal static class StateEnclosure
{
    private const int MostIterations = 200;
    private const double Enough = 1e-9;
    private const double Growth = 0.02;
    private const double LargestState = 1e12;

    /// <summary>The set, with infinite bounds where there are none.</summary>
    public static Interval[] Find(RangedStep step, Ranged[] inputs)
    {
        Interval[] all = new Interval[step.Seed.Length];
        Array.Fill(all, Interval.Entire);
        if (step.Obstacle is not null) return all;
        Interval[] fromAll = Shrink(step, inputs, all);
        if (fromAll.All(range => range.IsBounded)) return fromAll;
        return Grow(step, inputs) is { } kept ? Shrink(step, inputs, Intersection(kept, fromAll)) : fromAll;
    }

    private static Interval[] Shrink(RangedStep step, Ranged[] inputs, Interval[] states)
    {
        for (int iteration = 0; iteration < MostIterations; iteration++)
        {
            Interval[] next = Intersection(Image(step, inputs, states), states);
            bool settled = next.Zip(states).All(pair => !(pair.First.Width < pair.Second.Width * (1.0 - Enough)));
            states = next;
            if (settled) break;
        }

        return states;
    }

    private static Interval[]? Grow(RangedStep step, Ranged[] inputs)
    {
        Interval[] states = step.Seed;
        for (int iteration = 0; iteration < MostIterations; iteration++)
        {
            Interval[] image = Image(step, inputs, states);
            if (image.Zip(states).All(pair => pair.Second.Contains(pair.First))) return states;
            for (int i = 0; i < states.Length; i++)
            {
                if (!(image[i].Magnitude < LargestState)) return null;
                Interval hull = states[i].Hull(image[i]);
                states[i] = states[i].Contains(image[i]) ? states[i] : hull.Widen(Growth * hull.Width);
            }
        }

        return null;
    }

    /// <summary>Zero, and what one step reaches.</summary>
    private static Interval[] Image(RangedStep step, Ranged[] inputs, Interval[] states) =>
        [.. step.Advance(inputs, Ranged.WithoutSlopes(states)).State.Select(state => state.Value.Hull(default))];

    private static Interval[] Intersection(Interval[] a, Interval[] b) => [.. a.Zip(b, (first, second) => first.Intersect(second))];
}
