package io.laundrybridge.benchmark.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WaysToStartAreComparedTest {
    @TempDir
    Path folder;

    private String jdk(int version) throws Exception {
        Path home = Files.createDirectories(folder.resolve("jdk-" + version));
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + ".0.1\"\n");
        return home.toString();
    }

    @Test
    void eachWayOnEachJvmIsAServerOfItsOwn() throws Exception {
        Launches launches = Launches.of(List.of(jdk(17), jdk(25)), "gateway.jar", List.of("plain", "both"), "5s");
        assertThat(Peers.named(List.of("ours-tomcat"), launches))
                .extracting(Peer::name)
                .containsExactly(
                        "ours-tomcat@17-plain", "ours-tomcat@17-both", "ours-tomcat@25-plain", "ours-tomcat@25-both");
        assertThat(Peers.named(List.of("ours-tomcat"), Launches.usual()))
                .extracting(Peer::name)
                .containsExactly("ours-tomcat");
    }

    @Test
    void anArchiveIsThatOfTheJvmBesideTheJarAndMustFit() throws Exception {
        Launches launches = Launches.of(List.of(jdk(17), jdk(25)), "gateway.jar", List.of("plain", "archive"), "5s");
        List<List<String>> commands = launches.all().stream()
                .map(launch -> launch.command(List.of("-Xmx9m"), "Main", List.of("a")))
                .toList();
        String base = Path.of("gateway").toAbsolutePath() + "-";
        assertThat(commands.get(0)).contains("-Xmx9m").noneMatch(word -> word.contains(base));
        assertThat(commands.get(1)).contains("-XX:SharedArchiveFile=" + base + "17.jsa", "-Xshare:on");
        assertThat(commands.get(3)).contains("-XX:AOTCache=" + base + "25.aot", "-XX:AOTMode=on");
        assertThat(commands).allMatch(command -> command.get(0).startsWith(folder.toString()));
        assertThat(commands).allMatch(command -> command.contains("Main") && command.contains("a"));
    }

    @Test
    void badOptionsAreRefusedWithWhatIsPossible() throws Exception {
        List<String> home = List.of(jdk(17));
        assertThatThrownBy(() -> Launches.of(home, "gateway.jar", List.of("fast"), "5s"))
                .hasMessageContaining("--starts: there is no 'fast'; there are plain, archive, warm-up, both");
        assertThatThrownBy(() -> Launches.of(home, "", List.of("both"), "5s")).hasMessageContaining("--gateway");
        List<String> none = List.of(folder.toString());
        assertThatThrownBy(() -> Launches.of(none, "", List.of("plain"), "5s"))
                .hasMessageContaining("is not the folder of a JDK");
    }
}
