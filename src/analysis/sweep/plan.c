/* Plans; see sweep/plan.h. */
#include "sweep/plan.h"

#include "jobs/program.h"

#include <stdio.h>

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
	buf_printf(b, " %s --part=%s/%u --jobs=%u%s %s ", p->command, part,
	    p->parts, p->jobs, p->words, p->option);
	shell_put_word(b, p->folder);
	buf_putc(b, '\n');
}

void
sweep_plan_commands(const struct sweep_plan *p, struct buf *out)
{
	for (unsigned i = 1; i <= p->parts; i++) {
		char part[16];

		snprintf(part, sizeof(part), "%u", i);
		put_command(p, part, out);
	}
}

/* Minutes that a part of P asks for; 0: nobody knows.  Runs may last far longer
 * than the one that was tried. */
static unsigned long
count_minutes(const struct sweep_plan *p)
{
	double part =
	    10 * (double)p->run_ns * (double)p->runs / p->parts / p->jobs;

	if (p->part_ns > 0 && (part == 0 || p->part_ns < part))
		part = p->part_ns;
	return part > 0 ? (unsigned long)(part / 60e9) + 10 : 0;
}

void
sweep_plan_slurm(const struct sweep_plan *p, struct buf *out)
{
	/* What the program itself takes comes on top of a run's bound. */
	uint64_t megabytes = (p->memory >> 20) * p->jobs + 256;

	buf_puts(out, "#!/bin/sh\n#SBATCH --job-name=rung-");
	buf_printf(out, "%s\n", p->command);
	buf_printf(out, "#SBATCH --array=1-%u\n", p->parts);
	buf_printf(
	    out, "#SBATCH --ntasks=1\n#SBATCH --cpus-per-task=%u\n", p->jobs);
	if (p->memory > 0)
		buf_printf(out, "#SBATCH --mem=%lluM\n",
		    (unsigned long long)megabytes);
	if (count_minutes(p) > 0)
		buf_printf(out, "#SBATCH --time=%lu\n", count_minutes(p));
	put_command(p, "\"$SLURM_ARRAY_TASK_ID\"", out);
}
