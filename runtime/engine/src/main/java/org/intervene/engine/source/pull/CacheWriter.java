package org.intervene.engine.source.pull;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.intervene.engine.source.HubCache;
import org.intervene.engine.source.HubName;

/** Writes the hub's cache: blobs by digest, links to them by name, commits by branch. */
record CacheWriter(HubCache cache, HubName name, PullProblem problem) {

  /** Where the content of a file is, or will be. */
  Path blob(HubFile file) {
    return cache.folder(name).resolve("blobs").resolve(file.digest().hex());
  }

  /**
   * Where it is until it is whole. Python's tools have another ending: they lock their partial
   * files in a way that this program cannot see.
   */
  Path partial(HubFile file) {
    Path blob = blob(file);
    return blob.resolveSibling(blob.getFileName() + ".intervene-partial");
  }

  /** Whether the content is here. It got its name only after it was checked. */
  boolean has(HubFile file) {
    try {
      return Files.isRegularFile(blob(file)) && Files.size(blob(file)) == file.size();
    } catch (IOException e) {
      return false;
    }
  }

  /** Bytes of a file that are here. */
  long have(HubFile file) {
    try {
      Path partial = partial(file);
      return has(file) ? file.size() : Files.exists(partial) ? Files.size(partial) : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  /** Lets a file of a commit be found under its name. */
  void link(String commit, HubFile file) {
    Path link = cache.snapshot(name, commit).resolve(file.name());
    Path target = Path.of("../../blobs").resolve(file.digest().hex());
    try {
      Files.createDirectories(link.getParent());
      if (Files.isSymbolicLink(link) && Files.readSymbolicLink(link).equals(target)) {
        return;
      }
      Files.deleteIfExists(link);
      Files.createSymbolicLink(link, target);
    } catch (FileAlreadyExistsException e) {
      // another process has just linked it
    } catch (IOException | UnsupportedOperationException e) {
      copy(file, link);
    }
  }

  /** File systems without links get a copy, as Python's tools do it. */
  private void copy(HubFile file, Path link) {
    try {
      Files.copy(blob(file), link, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw problem.notWritten(link, e);
    }
  }

  /** Records which commit a branch or tag is. */
  void refer(String commit) {
    if (HubName.isCommit(name.revision())) {
      return;
    }
    Path ref = cache.folder(name).resolve("refs").resolve(name.revision());
    try {
      Files.createDirectories(ref.getParent());
      Path written = ref.resolveSibling(".ref-" + ProcessHandle.current().pid());
      Files.writeString(written, commit);
      Files.move(written, ref, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw problem.notWritten(ref, e);
    }
  }

  /** Refuses to begin what cannot end. */
  void requireRoom(long needed) {
    try {
      Path folder = Files.createDirectories(cache.folder(name));
      long free = Files.getFileStore(folder).getUsableSpace();
      if (free < needed) {
        throw problem.noRoom(cache.root(), needed, free);
      }
    } catch (IOException e) {
      throw problem.notWritten(cache.folder(name), e);
    }
  }
}
