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
	buf_printf(b, " %s %s--part=%s/%u --jobs=1 %s ", p->command, p->words,
	    part, p->parts, p->option);
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
sweep_plan_slurm(const struct sweep_plan *p, struct buf *out)
{
	/* What the program itself takes comes on top of a run's bound. */
	uint64_t megabytes = (p->memory >> 20) + 256;

	buf_puts(out, "#!/bin/sh\n#SBATCH --job-name=rung-");
	buf_printf(out, "%s\n", p->command);
	buf_printf(out, "#SBATCH --array=1-%u\n", p->parts);
	buf_puts(out, "#SBATCH --ntasks=1\n#SBATCH --cpus-per-task=1\n");
	if (p->memory > 0)
		buf_printf(out, "#SBATCH --mem=%lluM\n",
		    (unsigned long long)megabytes);
	put_command(p, "\"$SLURM_ARRAY_TASK_ID\"", out);
}
