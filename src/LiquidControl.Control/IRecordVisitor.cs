namespace LiquidControl.Control;

/// <summary>
/// What is done to every field of a record, in order: hash it, write it, read it, or note that it is there. Each call is given what the
/// field holds and returns what it shall hold, so that one list of fields serves all four. Implemented by structs, which the compiler sees
/// through: nothing is boxed or called indirectly in the cycle.
/// </summary>
internal interface IRecordVisitor
{
    /// <summary>Index of a field that stands alone.</summary>
    const int Alone = -1;

    /// <param name="name">Of the field, in snake case.</param>
    /// <param name="unit">Of the value; empty for a number without one.</param>
    /// <param name="value">What the field holds.</param>
    /// <param name="index">Of the joint, from 0, or <see cref="Alone"/>.</param>
    double Number(string name, string unit, double value, int index = Alone);

    long Integer(string name, string unit, long value, int index = Alone);

    int Integer(string name, string unit, int value, int index = Alone);

    short Integer(string name, string unit, short value, int index = Alone);

    bool Flag(string name, bool value);

    TEnum Choice<TEnum>(string name, TEnum value, int index = Alone)
        where TEnum : unmanaged, Enum;
}
