# Print three values of the configuration in the unpacked archive.
sh config.sh | grep --only-matching \
  -e '"Healthcheck":{[^}]*}' -e '"OnBuild":\[[^]]*\]' -e '"Shell":\[[^]]*\]' |
  sort --unique
