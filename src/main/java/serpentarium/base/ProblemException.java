package serpentarium.base;

/// Carries a [Problem] up to the one place that shows or logs it.
public final class ProblemException extends RuntimeException {
    private final transient Problem problem;

    /// Wraps the problem; its cause becomes this exception's cause.
    public ProblemException(Problem problem) {
        super(problem.line(), problem.cause());
        this.problem = problem;
    }

    /// What went wrong.
    public Problem problem() {
        return problem;
    }
}
