# What a test sees of the machine and of whoever runs it; for tests/run.sh and
# tests/fixtures/check.sh, in the project's root.
#
# Set here: language, time zone, terminal, permissions of new files, fonts
# (tests/fonts.conf).  Not set: what tells a program of a test how to behave.
# By tests/run.sh: home and folder for temporary files, a test's own and empty;
# what sanitizers are told; MAKE's own.  By tests/fixtures/check.sh: where rung keeps
# things ($XDG_STATE_HOME).  As it is: PATH, the user (root or not), the
# number of processors, how fast they are, the network (a test needs loopback
# with 127.0.0.1; ::1 where there is IPv6), the compilers' libraries.
LC_ALL=C.UTF-8
TZ=UTC
TERM=xterm
FONTCONFIG_FILE=$PWD/tests/fonts.conf
export LC_ALL TZ TERM FONTCONFIG_FILE
umask 022
# Some tests put names of files into words for the shell.
case ${TMPDIR:-} in
*[!A-Za-z0-9_./+-]*) unset TMPDIR ;;
esac
unset LANGUAGE LC_MESSAGES LC_CTYPE LANG COLUMNS LINES \
	RUNG_SHARE RUNG_PAGER RUNG_PROGRAM RUNG_KEY \
	NO_COLOR CLICOLOR CLICOLOR_FORCE FORCE_COLOR \
	PAGER MANPAGER LESS LESSOPEN VISUAL EDITOR BROWSER \
	CDPATH ENV POSIXLY_CORRECT GREP_OPTIONS GREP_COLORS AWKPATH JQ_COLORS \
	XDG_CONFIG_HOME XDG_CONFIG_DIRS XDG_DATA_HOME XDG_DATA_DIRS \
	XDG_CACHE_HOME XDG_RUNTIME_DIR TMUX TMUX_TMPDIR NODE_OPTIONS \
	LUA_INIT LUA_INIT_5_4 LUA_PATH LUA_PATH_5_4 LUA_CPATH LUA_CPATH_5_4 \
	GVBINDIR DOTFONTPATH GDFONTPATH FONTCONFIG_PATH FONTCONFIG_SYSROOT \
	PANGOCAIRO_BACKEND G_MESSAGES_DEBUG G_DEBUG \
	SOURCE_DATE_EPOCH GLIBC_TUNABLES LD_PRELOAD \
	MALLOC_ARENA_MAX MALLOC_CHECK_ MALLOC_PERTURB_ MALLOC_TRACE \
	http_proxy https_proxy all_proxy no_proxy HTTP_PROXY HTTPS_PROXY \
	ALL_PROXY NO_PROXY SSL_CERT_FILE SSL_CERT_DIR SSLKEYLOGFILE \
	GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE
