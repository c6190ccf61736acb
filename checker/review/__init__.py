"""What people say of findings: verdicts kept as statements in one append-only file, samples, agreement, precision."""
