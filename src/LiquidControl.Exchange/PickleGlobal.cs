namespace LiquidControl.Exchange;

/// <summary>The only names of Python that a state_dict needs. None is ever looked up or called as such.</summary>
internal enum PickleGlobal
{
    /// <summary>collections.OrderedDict: a dictionary.</summary>
    OrderedDict,

    /// <summary>torch._utils._rebuild_tensor_v2: a view into a storage.</summary>
    RebuildTensor,

    /// <summary>torch._utils._rebuild_parameter: the tensor it wraps.</summary>
    RebuildParameter,

    /// <summary>torch.FloatStorage: 32-bit numbers.</summary>
    FloatStorage,

    /// <summary>torch.DoubleStorage: 64-bit numbers.</summary>
    DoubleStorage,
}
