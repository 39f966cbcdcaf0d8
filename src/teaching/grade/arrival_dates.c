/* Notes and reads the arrival dates of files; see grade/arrival_dates.h. */
#include "grade/arrival_dates.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/dates.h"
#include "base/err.h"
#include "base/outfile.h"

#define NOTED_MAX ((size_t)16 << 20)
#define NS_OF_S   INT64_C(1000000000)

static int
note(const char *folder, struct str date, const char *file)
{
	LOCAL_BUF path = BUF_INIT, line = BUF_INIT;
	int fd, err;

	buf_printf(&path, "%s/" ARRIVAL_DATES_FILE, folder);
	/* Behind a line that a full disk has cut. */
	buf_printf(&line, "\n%.*s %s", STR_ARG(date), file);
	if (path.err != 0 || line.err != 0)
		return ERR_NOMEM;
	fd = open(buf_cstr(&path),
	    O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
	err = fd < 0 ? errno : fd_write(fd, buf_view(&line));
	if (err == 0 && fsync(fd) != 0)
		err = errno;
	if (fd >= 0)
		close(fd);
	errno = err;
	return err == 0 ? 0 : ERR_IO;
}

int
arrival_date_note(const char *folder, const char *file)
{
	LOCAL_BUF date = BUF_INIT;

	date_write(&date, (int64_t)time(NULL) * NS_OF_S);
	return date.err != 0 ? ERR_NOMEM : note(folder, buf_view(&date), file);
}

int
arrival_date_rename(const char *folder, const char *file, const char *name)
{
	LOCAL_BUF noted = BUF_INIT;
	int err = arrival_date_read(folder, &noted);
	struct str date = arrival_date_of(buf_view(&noted), file);

	return err == 0 && date.n > 0 ? note(folder, date, name) : err;
}

int
arrival_date_read(const char *folder, struct buf *out)
{
	LOCAL_BUF path = BUF_INIT;
	int err;

	buf_printf(&path, "%s/" ARRIVAL_DATES_FILE, folder);
	err = path.err != 0 ? ERR_NOMEM
			    : buf_read_file(out, buf_cstr(&path), NOTED_MAX);
	return err == ERR_NOMEM ? err : 0;
}

struct str
arrival_date_of(struct str noted, const char *file)
{
	struct str date = STR_NULL;
	int64_t ns;

	while (noted.n > 0) {
		struct str name, line = str_cut(noted, '\n', &noted),
				 first = str_cut(line, ' ', &name);

		if (str_is(name, file) && date_read(first, &ns) == 0)
			date = first;
	}
	return date;
}
