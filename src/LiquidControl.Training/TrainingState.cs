namespace LiquidControl.Training;

/// <summary>
/// Everything of a training that changes from batch to batch: with data, network and options it fixes the rest of the training.
/// </summary>
internal sealed class TrainingState
{
    private const int BatchesIndex = 0, LossIndex = 1, WeightIndex = 2, SecondsIndex = 3;

    private readonly double[] _progress = new double[4];

    public TrainingState(float[] start, OptimiserKind optimiser)
    {
        Parameters = start;
        Best = [.. start];
        Optimiser = Optimiser.New(optimiser, start.Length);
    }

    public float[] Parameters { get; }

    /// <summary>The parameters after the best epoch so far.</summary>
    public float[] Best { get; }

    public Optimiser Optimiser { get; }

    /// <summary>The finished epochs.</summary>
    public List<EpochRecord> Epochs { get; } = [];

    /// <summary>The place of the best epoch, the first of equals: by the validation loss where there is one.</summary>
    public int BestEpoch
    {
        get
        {
            int best = 0;
            for (int i = 1; i < Epochs.Count; i++)
                if (Judged(Epochs[i]) < Judged(Epochs[best]))
                    best = i;
            return best;
        }
    }

    /// <summary>Batches done over all epochs.</summary>
    public int BatchesDone
    {
        get => (int)_progress[BatchesIndex];
        set => _progress[BatchesIndex] = value;
    }

    /// <summary>Sum of the epoch's losses so far, by weight.</summary>
    public ref double Loss => ref _progress[LossIndex];

    /// <summary>Sum of the epoch's weights so far.</summary>
    public ref double Weight => ref _progress[WeightIndex];

    /// <summary>Time spent on the epoch so far.</summary>
    public ref double Seconds => ref _progress[SecondsIndex];

    /// <summary>The arrays of fixed length, to be read or overwritten in place, under the names a checkpoint gives them.</summary>
    public IEnumerable<(string Name, Array Values)> Arrays =>
    [
        ("parameters", Parameters),
        ("best", Best),
        .. Optimiser.State.Select(static part => ("optimiser." + part.Name, part.Values)),
        ("progress", _progress),
    ];

    /// <summary>Enters what the epoch came to and stands ready for the next.</summary>
    public void CloseEpoch(double validationLoss, double score)
    {
        Epochs.Add(new EpochRecord(Loss / Weight, validationLoss, score, Seconds));
        Loss = 0.0;
        Weight = 0.0;
        Seconds = 0.0;
    }

    private static double Judged(EpochRecord epoch) => double.IsNaN(epoch.ValidationLoss) ? epoch.Loss : epoch.ValidationLoss;
}
