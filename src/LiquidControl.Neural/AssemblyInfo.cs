using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("LiquidControl.Neural.Tests")]
