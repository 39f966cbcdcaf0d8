/* Plans; see sweep/plan.h. */
#include "sweep/plan.h"

#include "base/shell.h"

/* Runs that a part has at least, where there are so many. */
#define PART_LEAST 50

unsigned
sweep_plan_parts(const struct experiment *e)
{
	uint64_t parts = (e->runs + PART_LEAST - 1) / PART_LEAST;

	return parts < SWEEP_PARTS_MAX ? (unsigned)parts : SWEEP_PARTS_MAX;
}

static void
put_command(const struct sweep_plan *p, const char *part, struct buf *b)
{
	shell_put_word(b, p->program);
	buf_printf(b, " sweep --part=%s/%u --jobs=1 -o ", part, p->parts);
	shell_put_word(b, p->folder);
	buf_putc(b, '\n');
}

void
sweep_plan_commands(const struct sweep_plan *p, struct buf *out)
{
	for (unsigned i = 1; i <= p->parts; i++) {
		struct buf part = BUF_INIT;

		buf_u64(&part, i);
		put_command(p, buf_cstr(&part), out);
		buf_free(&part);
	}
}

void
sweep_plan_slurm(
    const struct sweep_plan *p, const struct experiment *e, struct buf *out)
{
	/* What the program itself takes comes on top of a run's bound. */
	uint64_t megabytes = (e->bounds.memory >> 20) + 256;

	buf_puts(out, "#!/bin/sh\n#SBATCH --job-name=rung-sweep\n");
	buf_printf(out, "#SBATCH --array=1-%u\n", p->parts);
	buf_puts(out, "#SBATCH --ntasks=1\n#SBATCH --cpus-per-task=1\n");
	if (e->bounds.memory > 0)
		buf_printf(out, "#SBATCH --mem=%lluM\n",
		    (unsigned long long)megabytes);
	put_command(p, "\"$SLURM_ARRAY_TASK_ID\"", out);
}
