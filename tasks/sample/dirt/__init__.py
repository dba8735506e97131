"""Two ways of spoiling what is true: `city` as clerks do it, `foreign` as a machine would."""
