#!/bin/sh
# What was misspelt in the settings of a program that rung brings along was
# passed over, or ended in an error of its Lua.
. tests/fixtures/check.sh
rung=$(realpath "$RUNG")
root=$PWD
RUNG_SHARE=$root
export RUNG_SHARE
cd "$work" || exit 1

# TOPOLOGY NODE SETTINGS SAID
refused() {
	"$rung" run -q "$root/topologies/$1.gv" --until=3s \
		--set "$2.settings=$3" > .output 2>&1 < /dev/null
	if [ $? -eq 2 ] && grep -qF -- "$4" .output; then
		good
	else
		bad "$1 $2.settings=$3" "should say: $4"
	fi
}
p='password=12345678'
refused gb28181 platform "$p plan=catalogue@1,bye@2" \
	'.settings: plan is “catalogue@1,bye@2”, expected Catalog|DeviceInfo'
refused gb28181 platform "$p plan=Catalog@soon" \
	'.settings: plan is “Catalog@soon”, expected Catalog|DeviceInfo'
refused gb28181 platform "$p plan=Catalog" '.settings: plan is “Catalog”'
refused gb28181 platform "$p plan=Catalog@1,," '.settings: plan is “Catalog@1,,”'
refused gb28181 platform 'passwort=12345678 plan=Catalog@1' \
	'.settings: there is no “passwort”; there are: password, interval, losses, media, ssrc, version, plan; did you mean “password”?'
refused gb28181 platform "$p interval=15s" \
	'.settings: interval is “15s”, expected number'
refused gb28181 platform "$p version=2023" \
	'.settings: version is “2023”, expected 2016|2022'
refused gb28181 recorder 'camera=3' 'did you mean “cameras”?'
refused gb28181 recorder 'cameras=three' 'cameras is “three”, expected number'
refused gb28181 recorder 'setup=activ' 'expected active|passive'
refused gb28181 media 'tcp=yes' 'tcp is “yes”, expected active|passive'
refused gb28181-cascade lower 'domain=3301000000' \
	'.settings: server is missing: server=text'
refused gb28181-events bus 'alarms=10,now' 'expected number,…'
refused gb28181-events platform 'subscribe=alarm' \
	'expected Alarm|MobilePosition|Catalog,…'
refused trunk pbxa 'limit=two codec=8' \
	'pbxa.settings: limit is “two”, expected number'
refused trunk pbxa 'limits=2' '.settings: limit is missing: limit=number'
refused trunk pbxa 'limit=2 codec=8 lines=3' '.settings: there is no “lines”'

for t in gb28181 gb28181-cascade gb28181-events trunk; do
	if "$rung" run -q "$root/topologies/$t.gv" --until=1s > .output 2>&1; then
		good
	else
		bad "$t" 'its own settings'
	fi
done
finish
